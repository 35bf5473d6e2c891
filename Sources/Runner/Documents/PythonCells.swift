/// What tells the cells of a Python script while it runs.
///
/// Python asks `sys.path_hooks` whether the script is something that it can import from, such as an archive, before it reads
/// it. Ours says yes to the one script whose cells are wanted, and gives its code with a call in front of each cell. Lines,
/// names and arguments stay what they are; the rest of the program runs as it is.
enum PythonCells {
  static let text = #"""
    """Tells which cell of a script runs. Written by Reprise."""

    import sys


    def _others():
        # The sitecustomize that would have been imported without this one.
        import importlib.machinery
        import os

        here = os.path.dirname(os.path.abspath(__file__))
        path = [p for p in sys.path if os.path.abspath(p or ".") != here]
        spec = importlib.machinery.PathFinder.find_spec("sitecustomize", path)
        if spec is not None and spec.loader is not None:
            import importlib.util

            spec.loader.exec_module(importlib.util.module_from_spec(spec))


    def _install():
        import os

        script = os.environ.get("REPRISE_CELLS")
        if not script or "REPRISE_MARKS" not in os.environ:
            return

        def hook(path):
            try:
                is_it = os.path.isfile(path) and os.path.samefile(path, script)
            except (OSError, ValueError):
                is_it = False
            code = _code(path) if is_it else None
            if code is None:
                raise ImportError(path)
            sys.path_hooks.remove(hook)
            return _Finder(path, code)

        # Not in the processes that this one starts: they run other things, or parts of this one.
        del os.environ["REPRISE_CELLS"]
        if _runs(script):
            sys.path_hooks.insert(0, hook)


    def _runs(script):
        """Whether this process was started to run the script."""
        import os

        words = getattr(sys, "orig_argv", None)
        if words is None:
            try:
                with open("/proc/self/cmdline", "rb") as file:
                    words = [os.fsdecode(w) for w in file.read().split(b"\0")[:-1]]
            except OSError:
                return False
        words = iter(words[1:])
        for word in words:
            if word in ("-W", "-X", "--check-hash-based-pycs"):
                next(words, None)
            elif word.startswith("-"):
                if word == "-" or (word[1] != "-" and ("c" in word or "m" in word)):
                    return False
            else:
                try:
                    return os.path.samefile(word, script)
                except OSError:
                    return False
        return False


    class _Finder:
        def __init__(self, path, code):
            self.path, self.code = path, code

        def find_spec(self, name, target=None):
            if name != "__main__":
                return None
            import importlib.machinery

            return importlib.machinery.ModuleSpec(name, self, origin=self.path)

        def get_code(self, name):
            return self.code

        def create_module(self, spec):
            return None

        def exec_module(self, module):
            exec(self.code, module.__dict__)

        def invalidate_caches(self):
            pass


    def _code(path):
        """The script's code with a call in front of each cell; nothing when it cannot be read."""
        import ast
        import io
        import re
        import tokenize

        try:
            with open(path, "rb") as file:
                raw = file.read()
            encoding = tokenize.detect_encoding(io.BytesIO(raw).readline)[0]
            text = raw.decode(encoding)
            tree = ast.parse(raw, path)
        except (OSError, SyntaxError, ValueError, LookupError, MemoryError, RecursionError):
            return None
        mark = re.compile(r"#[ \t]*%%(?:%*\s|%*$)")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        marks = [n for n, line in enumerate(lines, 1) if mark.match(line)]

        def call(name, line, *arguments):
            call = ast.Call(
                ast.Name(name, ast.Load()), [ast.Constant(a) for a in arguments], []
            )
            node = ast.Expr(call)
            for part in ast.walk(node):
                part.lineno = part.end_lineno = line
                part.col_offset = part.end_col_offset = 0
            return node

        body, cell, has_begun = [], None, False
        for n, statement in enumerate(tree.body):
            first = min([statement.lineno] + [d.lineno for d in getattr(statement, "decorator_list", [])])
            number = sum(m < first for m in marks)
            is_text = n == 0 and isinstance(statement, ast.Expr) and isinstance(
                getattr(statement.value, "value", None), str
            )
            is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
            if not is_text and not is_future:
                if not has_begun:
                    body.append(call("__reprise_begin__", first))
                    has_begun = True
                if number != cell:
                    body.append(call("__reprise_cell__", first, number))
                    cell = number
            body.append(statement)
        if not has_begun:
            return None
        tree.body = body
        import builtins

        builtins.__reprise_begin__ = _begin
        builtins.__reprise_cell__ = _cell
        sys.excepthook = _excepthook
        return compile(tree, path, "exec", dont_inherit=True)


    def _begin():
        """Makes the module and the path what they are for a script."""
        import os
        from importlib.machinery import SourceFileLoader

        names = sys._getframe(1).f_globals
        path = names["__file__"]
        names["__spec__"] = names["__package__"] = names["__cached__"] = None
        names["__loader__"] = SourceFileLoader("__main__", path)
        names["__builtins__"] = sys.modules["builtins"]
        if sys.path and sys.path[0] == path:
            if getattr(sys.flags, "safe_path", False):
                del sys.path[0]
            else:
                sys.path[0] = os.path.dirname(os.path.realpath(path))
        sys.path_importer_cache.pop(path, None)


    def _cell(number):
        import os

        if os.getpid() == _process:
            _mark("cell %d" % number)


    def _mark(text):
        import os
        import socket

        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as post:
                post.bind("")
                post.connect("\0" + os.environ["REPRISE_MARKS"])
                post.settimeout(60)
                post.send(text.encode())
                post.recv(1)
        except (OSError, KeyError):
            pass


    def _excepthook(kind, value, trace):
        # Without the frames of the module that ran the script.
        while trace is not None and trace.tb_frame.f_globals.get("__name__") == "runpy":
            trace = trace.tb_next
        if value is not None:
            value = value.with_traceback(trace)
        sys.__excepthook__(kind, value, trace)


    import os as _os

    _process = _os.getpid()
    del _os
    _install()
    _others()
    """#
}

/// The Python side of ``PythonHelper``: loads extensions and calls what they bring.
enum PythonHelperScript {
  static let text = #"""
    from importlib import import_module
    json, os, sys, types = map(__import__, ("json", "os", "sys", "types"))

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def stub(name, **members):
        module = types.ModuleType(name)
        module.__dict__.update(members)
        sys.modules[name] = module
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], last, module)
        return module

    def provide_jinja2():
        try:
            import_module("jinja2.ext")
            return
        except ImportError:
            pass
        class Environment:
            def __init__(self, **options):
                self.filters, self.tests, self.globals = {}, {}, {}
                self.__dict__.update(options)
            def extend(self, **values):
                for key, value in values.items():
                    self.__dict__.setdefault(key, value)
        class Extension:
            tags = set()
            identifier = ""
            priority = 100
            def __init__(self, environment):
                self.environment = environment
            def attr(self, name, lineno=None):
                raise NotImplementedError
        def same(function):
            function.wants_context = True
            return function
        class Undefined: pass
        class StrictUndefined(Undefined): pass
        stub("jinja2", Environment=Environment, pass_context=same, pass_environment=same,
             pass_eval_context=same, contextfilter=same, environmentfilter=same,
             evalcontextfilter=same, Undefined=Undefined, StrictUndefined=StrictUndefined)
        stub("jinja2.ext", Extension=Extension)
        stub("jinja2.environment", Environment=Environment)
        stub("jinja2.parser", Parser=object)
        stub("jinja2.nodes")
        stub("jinja2.exceptions", TemplateError=Exception, UndefinedError=Exception,
             TemplateSyntaxError=Exception)
        stub("jinja2.filters")
        stub("jinja2.utils", pass_context=same)

    def provide_cookiecutter():
        try:
            import_module("cookiecutter.utils")
            return
        except ImportError:
            pass
        from jinja2.ext import Extension
        def simple_filter(function):
            class SimpleFilter(Extension):
                def __init__(self, environment):
                    super().__init__(environment)
                    environment.filters[function.__name__] = function
            SimpleFilter.__name__ = function.__name__
            return SimpleFilter
        stub("cookiecutter")
        stub("cookiecutter.utils", simple_filter=simple_filter)

    provide_jinja2()
    provide_cookiecutter()
    from jinja2 import Environment
    environment = Environment()
    known = {"filters": dict(environment.filters), "tests": dict(environment.tests),
             "globals": dict(environment.globals)}

    def find(name):
        if ":" in name:
            module, _, attribute = name.partition(":")
        elif "." in name:
            module, _, attribute = name.rpartition(".")
        else:
            return import_module(name)
        return getattr(import_module(module), attribute)

    def pack(value):
        if value is None or isinstance(value, (bool, int, float)):
            return value
        if hasattr(value, "__html__") and isinstance(value, str):
            return {"markup": str(value)}
        if isinstance(value, str):
            return str(value)
        if isinstance(value, dict):
            return {"dict": [[pack(k), pack(v)] for k, v in value.items()]}
        if isinstance(value, tuple):
            return {"tuple": [pack(item) for item in value]}
        if isinstance(value, (list, set, frozenset)) or hasattr(value, "__next__"):
            return {"list": [pack(item) for item in value]}
        return {"text": str(value)}

    def unpack(value):
        if isinstance(value, dict):
            if "dict" in value:
                return {unpack(k): unpack(v) for k, v in value["dict"]}
            if "tuple" in value:
                return tuple(unpack(item) for item in value["tuple"])
            if "list" in value:
                return [unpack(item) for item in value["list"]]
            return value["text"]
        return value

    def load(request):
        for name in request["names"]:
            extension = find(name)(environment)
            tags = getattr(extension, "tags", None)
            if tags:
                raise ImportError("%s adds the tags %s, which only native extensions can"
                                  % (name, ", ".join(sorted(tags))))
        def fresh(kind):
            table = getattr(environment, kind)
            return [n for n, f in table.items() if known[kind].get(n) is not f]
        found = fresh("globals")
        return {"filters": fresh("filters"), "tests": fresh("tests"),
                "functions": [n for n in found if callable(environment.globals[n])],
                "values": {n: pack(environment.globals[n]) for n in found
                           if not callable(environment.globals[n])}}

    def call(request):
        function = getattr(environment, request["kind"])[request["name"]]
        arguments = [unpack(value) for value in request["args"]]
        if getattr(function, "jinja_pass_arg", None) is not None:
            kind = function.jinja_pass_arg.name
            arguments.insert(0, environment if kind == "environment" else
                             types.SimpleNamespace(environment=environment))
        elif getattr(function, "wants_context", False):
            arguments.insert(0, environment)
        named = {key: unpack(value) for key, value in request["kwargs"].items()}
        return {"value": pack(function(*arguments, **named))}

    sys.path.append(sys.argv[1])
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = load(request) if request["op"] == "load" else call(request)
        except BaseException as error:
            answer = {"error": type(error).__name__, "message": str(error),
                      "import": isinstance(error, ImportError)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    """#
}

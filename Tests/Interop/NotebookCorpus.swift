/// Notebooks that are made up from cells of many kinds, in Python for the peers' interpreter.
enum NotebookCorpus {
  /// Defines `make(seed)`, which gives a notebook; every eighth is one of bash.
  static let script = #"""
    import random
    from nbformat import v4

    CELLS = [
        "print('a{n}')", "print('a{n}', end='')", "import sys; print('e{n}', file=sys.stderr)", "{n} + 1", "'text {n}'",
        "None", "for i in range({m}): print(i)", "x = {n}\nx * 2", "{n};", "print({n});{n}", "# a comment", "   ", "_",
        "from IPython.display import *\ndisplay(HTML('<b>{n}</b>'))\ndisplay({n})",
        "from IPython.display import *\nclear_output()\nprint('after {n}')",
        "from IPython.display import *\nprint('gone')\nclear_output(wait=True)\nprint('kept {n}')",
        "from IPython.display import *\nprint('stays')\nclear_output(wait=True)",
        "from IPython.display import *\nprint('goes')\nclear_output()",
        "from IPython.display import *\nh = display('first {n}', display_id='d{k}')",
        "from IPython.display import *\nupdate_display('updated {n}', display_id='d{k}')",
        "from IPython.display import *\nh = display(Markdown('m{n}'), display_id=True)\nh.update(Markdown('n'))\nh.display('o')",
        "from IPython.display import *\ndisplay('s', display_id='d{k}')\nclear_output()\nupdate_display('t', display_id='d{k}')",
        "from IPython.display import JSON\nJSON({{'a': [1, 2.5, None, True, 10**10], 'n': {n}}})",
        "from IPython.display import *\ndisplay(Latex('$x_{n}$'), metadata={{'a': 1}})\nJavascript('1+{n}')",
        "class B:\n  def _repr_mimebundle_(self, **k):\n    data = {{'text/plain': 'B', 'application/vnd.x+json': {{'z': [{n}]}}, 'image/png': 'aGk='}}\n"
        "    return data, {{'image/png': {{'width': {n}}}}}\nB()",
        "print('\\x1b[31mred {n}\\x1b[0m')", "print('한국어 é 😀 {n}')", "print('a\\rb\\rc{n}')", "print('x' * {m} * 1000)",
        "import threading\nt = threading.Thread(target=lambda: print('thread {n}'))\nt.start(); t.join()",
        "%%capture c\nprint('captured')", "get_ipython().run_cell('print({n})'); None", "lambda: {n}",
        "import asyncio\nawait asyncio.sleep(0.01)\nprint('async {n}')", "import warnings; warnings.warn('w{n}')",
        "from IPython.display import publish_display_data as p\np({{'text/plain': 'p{n}'}}, metadata={{'k': {n}}})",
    ]
    FAILING = [
        "1/0", "def f(x):\n  return g(x)\nf({n})", "x = = {n}", "raise KeyboardInterrupt", "assert False, 'no {n}'",
        "raise SystemExit(3)", "raise ValueError('é\\n{n}')", "%nomagic", "print('first')\nundefined_{n}",
    ]
    BASH = [
        "echo a{n}", "ls /nonexistent{n}", "x={n}; echo $x", "echo $x", "for i in 1 2 3; do echo $i; done", "false",
        "printf 'no newline'", "cat <<E\nheredoc {n}\nE", "(exit 3)", "seq 1 {m}", "echo -e 'a\\tb'",
    ]


    def make(seed):
        rng = random.Random(seed)
        cells = []
        for _ in range(rng.randint(6, 12)):
            numbers = dict(n=rng.randint(0, 99), m=rng.randint(1, 40), k=rng.randint(0, 2))
            if seed % 8 == 7:
                cells.append(v4.new_code_cell(rng.choice(BASH).format(**numbers)))
                continue
            fails = rng.random() < 0.12
            cell = v4.new_code_cell(rng.choice(FAILING if fails else CELLS).format(**numbers))
            if fails and rng.random() < 0.8: cell.metadata["tags"] = ["raises-exception"]
            if rng.random() < 0.05: cell.metadata["tags"] = ["skip-execution"]
            cells.append(cell)
            if rng.random() < 0.1: cells.append(v4.new_markdown_cell("text"))
        for number, cell in enumerate(cells): cell["id"] = f"c{number}"
        name = "bash" if seed % 8 == 7 else "python3"
        return v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": name, "display_name": name}})

    """#
}

"""Notebooks: run beside papermill and nbclient with the same ipykernel, and stripped, checked and compared as files."""

import json
import os

from bench import PEERS, PROGRAM, measure, row

# Works as `jupyter execute` does, without its 2 s of imports that have nothing to do with a run.
NBCLIENT = """
import sys, nbformat, nbclient
nb = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(nb).execute()
nbformat.write(nb, sys.argv[2])
"""


def heedless(*words):
    """A command whose exit status says what it found."""
    return ["/bin/sh", "-c", '"$@"; true', "sh", *words]


def notebook(path, sources, output=None):
    """A notebook of code cells; each with this text as its output, if there is one."""
    outputs = [] if output is None else [{"output_type": "stream", "name": "stdout", "text": [output]}]
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{n}",
            "metadata": {},
            "source": [source],
            "outputs": outputs,
            "execution_count": None if output is None else n + 1,
        }
        for n, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    text = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(text, indent=1, sort_keys=True) + "\n")
    return path


def executed(work):
    """Cells that do nothing: what a run costs by itself, the kernel included."""
    papermill, python = PEERS / "bin/papermill", PEERS / "bin/python"
    home = {"PATH": f"{PEERS}/bin:{os.environ['PATH']}", "HOME": str(work)}
    row("notebook: --version", measure([PROGRAM, "--version"], repeat=11)[0], measure([papermill, "--version"], repeat=3)[0],
        name="papermill")
    for count in [1, 10, 200, 1_000]:
        source = notebook(work / f"pass{count}.ipynb", ["pass"] * count)
        out = work / "out.ipynb"
        cold = [PROGRAM, "notebook", "run", source, out, "--cold", "--no-progress-bar"]
        ours = measure(cold, repeat=5, env=home)[0]
        few = count <= 200
        theirs = measure([papermill, source, out, "--no-progress-bar"], repeat=3 if few else 1, env=home)[0]
        row(f"notebook: {count:,} cells, cold kernel", ours, theirs, name="papermill")
        client = measure([python, "-c", NBCLIENT, source, out], repeat=3 if few else 1, env=home)[0]
        row(f"notebook: {count:,} cells, cold kernel", ours, client, name="nbclient")
    # A warm kernel is no child of ours: it says itself what it has cost when its last cell runs.
    for count in [1, 200]:
        cells = ["pass"] * (count - 1) + ["import time; print(time.process_time())"]
        source, out = notebook(work / f"warm{count}.ipynb", cells), work / "warm.ipynb"
        warm = [PROGRAM, "notebook", "run", source, out, "--no-progress-bar"]
        measure(warm, repeat=1, env=home)
        ours = measure(warm, repeat=7, env=home)[0]
        text = json.loads(out.read_text())["cells"][-1]["outputs"][0]["text"]
        row(f"notebook: {count:,} cells, warm kernel", ours + 1000 * float("".join(text)))


def printed(work):
    """Cells that print much: nothing is lost, and little is kept in memory."""
    home = {"PATH": f"{PEERS}/bin:{os.environ['PATH']}", "HOME": str(work)}
    for name, source in [
        ("200,000 lines", "for n in range(200_000):\n    print('line', n)"),
        ("a line of 20 MB", "print('x' * 20_000_000)"),
    ]:
        given, out = notebook(work / "printed.ipynb", [source]), work / "printed.out.ipynb"
        ours = measure([PROGRAM, "notebook", "run", given, out, "--cold", "--no-progress-bar"], repeat=3, env=home)
        size = os.path.getsize(out)
        theirs = measure([PEERS / "bin/papermill", given, out, "--no-progress-bar"], repeat=1, env=home)
        row(f"notebook: {name}", ours[0], theirs[0], name="papermill")
        row(f"notebook: {name}, largest process", ours[2], theirs[2], unit="MB", name="papermill")
        row(f"notebook: {name}, what is kept", size / 1e6, os.path.getsize(out) / 1e6, unit="MB", name="papermill")


def files(work):
    """A notebook of 5 MB: what git does with it at every status and commit."""
    sources = [f"x{n} = {n}\nprint('a line of text' * {n})\n" for n in range(2_000)]
    large = notebook(work / "large.ipynb", sources, "some output of a cell\n" * 100)
    other = notebook(work / "other.ipynb", sources[:1_000] + ["added()"] + sources[1_001:], "some output of a cell\n" * 100)
    row("notebook: size of the file", os.path.getsize(large) / 1e6, unit="MB")
    # nbstripout fails when it writes to /dev/null, which it cannot truncate.
    ours, theirs = (["/bin/sh", "-c", '"$@" > stripped', "sh", *words, "-t", large]
                    for words in [[PROGRAM, "notebook", "strip"], [PEERS / "bin/nbstripout"]])
    row("notebook: strip", measure(ours, repeat=7, cwd=work)[0], measure(theirs, repeat=3, cwd=work)[0],
        name="nbstripout")
    row("notebook: diff", measure(heedless(PROGRAM, "notebook", "diff", large, other), repeat=7)[0],
        measure(heedless(PEERS / "bin/nbdiff", "-s", large, other), repeat=1)[0], name="nbdiff")
    row("notebook: lint", measure(heedless(PROGRAM, "notebook", "lint", large), repeat=7)[0])
    row("notebook: convert to a script", measure([PROGRAM, "notebook", "convert", large, work / "a.py"], repeat=7)[0],
        measure([PEERS / "bin/jupytext", "--to", "py:percent", "-o", work / "b.py", large], repeat=3)[0], name="jupytext")


def notebooks(work):
    """All of them."""
    executed(work)
    printed(work)
    files(work)

"""Conventions: a large tree beside ruff, and the git hook beside git itself and pre-commit."""

import os
import shutil
import subprocess

from bench import PEERS, PROGRAM, git, measure, row

RUFF = PEERS / "bin/ruff"
# The families that both look for.
CODES = "E,W,F,N,I,B006,B008,B904,D,ANN"


def pandas_tree(folder):
    """A copy of the Python files of pandas, in a repository of their own."""
    source = next((PEERS / "lib").glob("python*/site-packages/pandas"))
    for path in source.rglob("*.py"):
        target = folder / "pandas" / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")


def quietly(words):
    """A check that finds something ends with 1, which is no failure of the measurement."""
    return ["/bin/sh", "-c", '"$@" > /dev/null 2>&1; [ $? -le 1 ]', "sh", *map(str, words)]


def check(work):
    """Conventions."""
    tree = work / "tree"
    tree.mkdir()
    pandas_tree(tree)
    ours = [PROGRAM, "check", "--select", CODES, "--ignore", "layout", "--format", "jsonl"]
    theirs = [RUFF, "check", "--isolated", "--preview", "--select", CODES, "--output-format", "json-lines", "-q", "."]
    cold = measure(quietly([*ours, "--no-cache"]), repeat=3, cwd=tree)
    peer = measure(quietly([*theirs, "--no-cache"]), repeat=3, cwd=tree)
    row("check: pandas, no cache", cold[0], peer[0], name="ruff")
    row("check: pandas, memory", cold[2], peer[2], unit="MB", name="ruff")
    measure(quietly(ours), repeat=1, cwd=tree)
    measure(quietly(theirs), repeat=1, cwd=tree)
    warm = measure(quietly(ours), repeat=3, cwd=tree)
    peer = measure(quietly(theirs), repeat=3, cwd=tree)
    row("check: pandas, nothing changed", warm[0], peer[0], name="ruff")
    everything = measure(quietly([PROGRAM, "check", "--format", "jsonl", "--no-cache"]), repeat=3, cwd=tree)
    row("check: pandas, all recommended rules", everything[0])
    hook(work, tree)


def hook(work, tree):
    """One staged file of 7 kB in a repository of 1,500 files."""
    small = min(tree.rglob("*.py"), key=lambda path: abs(path.stat().st_size - 6600))
    text = small.read_text()
    small.write_text(text + "\nX = 1\n")
    git(tree, "add", "-A")
    subprocess.run([PROGRAM, "check", "--staged"], cwd=tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ours = measure(quietly([PROGRAM, "hooks", "run", "pre-commit"]), repeat=11, cwd=tree)
    alone = measure(["/usr/bin/git", "diff", "--cached", "--quiet", "HEAD~0", "--", "nothing"], repeat=11, cwd=tree)
    status = measure(["/usr/bin/git", "status", "--porcelain"], repeat=5, cwd=tree)
    row("the machine: git diff --cached", alone[0])
    row("the machine: git status", status[0])
    peer = None
    program = PEERS / "bin/pre-commit"
    if program.exists():
        (tree / ".pre-commit-config.yaml").write_text(
            "repos:\n- repo: local\n  hooks:\n"
            f"  - {{id: ruff, name: ruff, entry: '{RUFF} check -q --exit-zero', language: system, types: [python]}}\n"
            "  - {id: none, name: none, entry: 'true', language: system}\n")
        environment = {"PRE_COMMIT_HOME": str(work / "pre-commit"), "HOME": str(work)}
        peer = measure(quietly([program, "run"]), repeat=3, cwd=tree, env=environment)[0]
        os.remove(tree / ".pre-commit-config.yaml")
    row("hook: one staged file of 1,500", ours[0], peer, name="pre-commit with ruff and true")
    row("hook: memory", ours[2], unit="MB")

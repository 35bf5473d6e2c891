"""What the sections share: how a command is measured, and the table."""

import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
PEERS = pathlib.Path(os.environ["REPRISE_PEERS"])
ROWS = []


def measure(command, repeat=5, cwd=None, env=None):
    """Gives the medians of CPU ms and wall ms, and the largest memory in MB, of a command and its children.

    A command that may not run twice in one place is a function that gives the words for each repetition.
    """
    cpu, wall, memory = [], [], 0
    for index in range(repeat):
        words = command(index) if callable(command) else command
        # A process that is started counts the memory of the one that forked it as its own: a small one does it.
        told = subprocess.run(
            [sys.executable, "-I", "-S", HERE / "measure.py", *words], cwd=cwd, check=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **(env or {})},
        ).stdout.split()
        if int(told[0]) != 0:
            raise SystemExit(f"failed with {told[0]}: {' '.join(map(str, words))}")
        cpu.append(float(told[1]))
        wall.append(float(told[2]))
        memory = max(memory, float(told[3]))
    return statistics.median(cpu), statistics.median(wall), memory


def times(ratio):
    return f"{ratio:,.0f}x" if ratio >= 10 else f"{ratio:.2f}x"


def row(what, ours, peer=None, unit="ms CPU", name="mlflow"):
    """Keeps one line of the table; `ours` and `peer` are figures in the unit, less is better."""
    ratio = times(peer / ours) if peer and ours else ""
    ROWS.append((what, f"{ours:,.1f}", f"{peer:,.1f} ({name})" if peer else "", unit, ratio))
    print(f"  {what}: {ours:,.1f} {unit}" + (f", {name} {peer:,.1f}, {ratio}" if peer else ""), flush=True)


def rate(what, ours, peer=None, unit="", name="mlflow"):
    """The same for figures of which more is better."""
    ratio = times(ours / peer) if peer else ""
    ROWS.append((what, f"{ours:,.0f}", f"{peer:,.0f} ({name})" if peer else "", unit, ratio))
    print(f"  {what}: {ours:,.0f} {unit}" + (f", {name} {peer:,.0f}, {ratio}" if peer else ""), flush=True)


def peer_python(script, *arguments, cwd=None):
    """Runs one of the scripts beside this one with the peers' Python; gives what it printed, as numbers."""
    out = subprocess.run(
        [PEERS / "bin/python", HERE / script, *map(str, arguments)],
        cwd=cwd, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ).stdout
    return [float(word) for word in out.split()]


def git(folder, *words):
    subprocess.run(
        ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org", *words],
        cwd=folder, check=True, stdout=subprocess.DEVNULL,
    )


def table():
    heads = ("what", "reprise", "peer", "unit", "ratio")
    widths = [max(len(r[i]) for r in [heads, *ROWS]) for i in range(5)]
    print()
    for line in [heads, tuple("-" * w for w in widths), *ROWS]:
        print("| " + " | ".join(text.ljust(width) for text, width in zip(line, widths)) + " |")

"""Measures this program and its peers side by side, and prints one table.

Usage: REPRISE_PEERS=VENV python3 Benchmarks/run.py PROGRAM [SECTION ...]

CPU is user + system of a whole process tree, the median of the repetitions. Nothing here is a test: figures are
printed, never judged.
"""

import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

from bench import HERE, PEERS, PROGRAM, git, measure, peer_python, rate, row, table
from boosting import boosting
from check import check
from data import data, growth
from forest import forest
from imports import imports
from networks import networks
from notebooks import notebooks
from replay import replay
from server import server, server_search
from tables import tables
from tests import tests


def repository(folder, files):
    """A git repository of so many small files and an entry point that does nothing."""
    folder.mkdir()
    (folder / "MLproject").write_text('entry_points:\n  main:\n    command: "true"\n')
    for index in range(files):
        path = folder / f"src/part{index // 100:03}/file{index:06}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"VALUE = {index}\n")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")
    return folder


def start(work):
    """Start-up."""
    ours = measure([PROGRAM, "--version"], repeat=21)
    peer = measure([PEERS / "bin/mlflow", "--version"], repeat=3)
    row("start: --version", ours[0], peer[0])
    row("start: --version, memory", ours[2], peer[2], unit="MB")


def run(work):
    """An entry point that does nothing, in repositories of growing size."""
    child = measure(["/bin/bash", "-c", "true"], repeat=21)[0]
    for files in [20, 200, 2_000, 20_000]:
        folder = repository(work / f"repo{files}", files)
        measure([PROGRAM, "run"], repeat=1, cwd=folder)
        ours = measure([PROGRAM, "run"], repeat=11, cwd=folder)
        peer = None
        if files == 2_000:
            peer = measure(
                [PEERS / "bin/mlflow", "run", ".", "--env-manager", "local"], repeat=3, cwd=folder
            )[0] - child
        row(f"run: nothing, repository of {files:,} files, beyond the child", ours[0] - child, peer)


def output(work):
    """Output of a child that passes through and is kept."""
    for megabytes in [10, 100, 1_000]:
        folder = work / f"flood{megabytes}"
        folder.mkdir()
        (folder / "MLproject").write_text(
            f"entry_points:\n  main:\n    command: head -c {megabytes}000000 /dev/zero\n"
        )
        cpu, wall, memory = measure([PROGRAM, "run"], repeat=3, cwd=folder)
        rate(f"output: {megabytes:,} MB, passed on and kept", megabytes / wall * 1000, unit="MB/s")
        row(f"output: {megabytes:,} MB, memory", memory, unit="MB")
        shutil.rmtree(folder)


def records(work):
    """Metrics that a child appends to $REPRISE_METRICS, from JSON text to the database."""
    for count in [10_000, 100_000, 1_000_000]:
        folder = work / f"metrics{count}"
        folder.mkdir()
        with open(folder / "metrics.jsonl", "w") as file:
            for i in range(count):
                file.write(f'{{"key": "m{i % 10}", "value": {i / 7:.6f}, "step": {i // 10}}}\n')
        (folder / "MLproject").write_text(
            'entry_points:\n  main:\n    command: cat metrics.jsonl >> "$REPRISE_METRICS"\n'
        )
        (folder / "metrics.jsonl").rename(folder / "metrics")
        (folder / "metrics.jsonl").touch()
        base = measure([PROGRAM, "run"], repeat=5, cwd=folder)[0]
        (folder / "metrics").rename(folder / "metrics.jsonl")
        cpu, wall, memory = measure([PROGRAM, "run"], repeat=5, cwd=folder)
        peer = None
        if count == 10_000:
            peer = peer_python("mlflow_metrics.py", work / "mlflow-metrics.db", count)[0]
        rate(f"records: {count:,} metrics, beyond a run without", count / (cpu - base) * 1000, peer, "a CPU second")
        row(f"records: {count:,} metrics, memory", memory, unit="MB")


def search(work):
    """The newest 100 of many runs, filtered and ordered by a metric."""
    base = measure([PROGRAM, "--version"], repeat=21)[0]
    for count in [1_000, 10_000, 100_000]:
        folder = work / f"search{count}"
        folder.mkdir()
        (folder / "MLproject").write_text('entry_points:\n  main:\n    command: "true"\n')
        measure([PROGRAM, "run"], repeat=1, cwd=folder)
        subprocess.run(
            [sys.executable, HERE / "fill_records.py", folder / ".reprise/records.db", str(count)], check=True
        )
        command = [
            PROGRAM, "runs", "--json", "-n", "100", "--filter", "metrics.loss < 0.5 and params.alpha = '0.3'",
            "--order-by", "metrics.loss ASC",
        ]
        cpu, wall, memory = measure(command, repeat=11, cwd=folder)
        peer = peer_python("mlflow_search.py", work / f"mlflow{count}.db", count)[0]
        row(f"search: 100 of {count:,} runs, beyond the start", cpu - base, peer)
        row(f"search: 100 of {count:,} runs, memory", memory, unit="MB")
        for format in ["csv", "json"]:
            cpu, wall, memory = measure([PROGRAM, "runs", "export", "--format", format], repeat=3, cwd=folder)
            row(f"search: export of {count:,} runs as {format}", cpu, unit="ms CPU")
            row(f"search: export of {count:,} runs as {format}, memory", memory, unit="MB")


def scaffold(folder):
    """Making projects from templates, beside cookiecutter and copier"""
    small = folder / "small"
    root = small / "{{cookiecutter.slug}}"
    root.mkdir(parents=True)
    (small / "cookiecutter.json").write_text('{"slug": "p", "name": "My Project"}')
    (root / "a.txt").write_text("{{ cookiecutter.name }}\n")
    large = folder / "large"
    twin = folder / "twin"
    for index in range(2000):
        lines = "".join(f"line {n} of {{{{ cookiecutter.name }}}} and some more text here\n" for n in range(36))
        for base, text in [(large / "{{cookiecutter.slug}}", lines), (twin, lines.replace("cookiecutter.", ""))]:
            path = base / f"part{index // 100:02}/file{index:04}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    (large / "cookiecutter.json").write_text('{"slug": "p", "name": "My Project"}')
    (twin / "copier.yml").write_text("_templates_suffix: ''\nname: My Project\n")
    home = {"HOME": str(folder / "home")}
    out = folder / "out"

    # Every project is made where there was none: a disk takes its time to use deleted files anew.
    options = ["--no-input", "--accept-hooks", "no", "-o"]

    def ours(template, repeat):
        return measure(
            lambda index: [PROGRAM, "new", template, "-q", *options, out / f"ours-{template.name}-{index}"],
            repeat=repeat, env=home)

    def theirs(template, repeat):
        return measure(
            lambda index: [
                PEERS / "bin/cookiecutter", template, *options, out / f"theirs-{template.name}-{index}"],
            repeat=repeat, env=home)[0]

    def copier(template, repeat):
        return measure(
            lambda index: [
                PEERS / "bin/copier", "copy", "-f", "-q", template, out / f"copier-{template.name}-{index}"],
            repeat=repeat, env=home)[0]

    row("a project of one file", ours(small, 20)[0], theirs(small, 5), name="cookiecutter")
    cpu, _, memory = ours(large, 5)
    row("2,000 files of 2 kB", cpu, theirs(large, 1), name="cookiecutter")
    row("2,000 files of 2 kB", cpu, copier(twin, 1), name="copier")
    row("2,000 files of 2 kB, memory", memory, unit="MB")
    # A clone of cookiecutter/cookiecutter-django, when there is one.
    if "REPRISE_BENCH_DJANGO" in os.environ:
        django = pathlib.Path(os.environ["REPRISE_BENCH_DJANGO"])
        row("cookiecutter-django without hooks", ours(django, 10)[0], theirs(django, 3), name="cookiecutter")


SECTIONS = [
    start, run, output, records, search, scaffold, data, growth, check, tables, tests, forest, boosting, server, server_search,
    imports, replay, notebooks, networks,
]


def main():
    wanted = sys.argv[2:] or [section.__name__ for section in SECTIONS]
    with tempfile.TemporaryDirectory(prefix="reprise-bench-") as name:
        for section in SECTIONS:
            if section.__name__ in wanted:
                print(section.__doc__.strip(), flush=True)
                section(pathlib.Path(name))
    table()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\n{children.ru_utime + children.ru_stime:,.0f} CPU s in all, on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()

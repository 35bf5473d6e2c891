"""Replays, and runs whose result is known, beside `dvc repro` with nothing to do: no peer replays."""

from bench import PEERS, PROGRAM, git, measure, row

MANIFEST = """
entry_points:
  main: {command: "true"}
  made: {command: "echo 1 > out.txt", inputs: [data.txt], outputs: [out.txt]}
"""
PIPELINE = """
stages:
  made: {cmd: "echo 1 > out.txt", deps: [data.txt], outs: [out.txt]}
"""


def project(folder, files):
    """A repository of so many small files with something to make in it."""
    folder.mkdir()
    (folder / "data.txt").write_text("1\n")
    for index in range(files):
        path = folder / f"src/part{index // 100:03}/file{index:06}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"VALUE = {index}\n")
    git(folder, "init", "-q")
    return folder


def replay(work):
    """Playing nothing again, and skipping what is known, in repositories of growing size."""
    for files in [20, 2_000, 50_000]:
        folder = project(work / f"replayed{files}", files)
        (folder / "MLproject").write_text(MANIFEST)
        (folder / ".gitignore").write_text("out.txt\n")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "all")
        measure([PROGRAM, "run"], repeat=1, cwd=folder)
        cpu, wall, _ = measure([PROGRAM, "replay", "latest"], repeat=5, cwd=folder)
        row(f"replay: nothing, repository of {files:,} files", cpu)
        row(f"replay: nothing, repository of {files:,} files, wall", wall, unit="ms")
        measure([PROGRAM, "run", "-e", "made"], repeat=1, cwd=folder)
        ours = measure([PROGRAM, "run", "-e", "made"], repeat=11, cwd=folder)[0]
        theirs = None
        if files == 2_000:
            twin = project(work / "pipeline", files)
            (twin / "dvc.yaml").write_text(PIPELINE)
            measure([PEERS / "bin/dvc", "init", "-q"], repeat=1, cwd=twin)
            measure([PEERS / "bin/dvc", "repro", "-q"], repeat=1, cwd=twin)
            theirs = measure([PEERS / "bin/dvc", "repro"], repeat=3, cwd=twin)[0]
        row(f"run: result known, repository of {files:,} files", ours, theirs, name="dvc")

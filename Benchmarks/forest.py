"""Random forests: 100 trees of 100,000 rows and 28 columns, beside scikit-learn."""

import json
import os
import pathlib
import subprocess
import sys

from bench import PEERS, PROGRAM, measure, row

ROWS = int(os.environ.get("REPRISE_BENCH_FOREST_ROWS", "100000"))
HERE = pathlib.Path(__file__).resolve().parent


def forest(work):
    """Random forests."""
    folder = work / "forest"
    folder.mkdir()
    peer = [PEERS / "bin/python", HERE / "forest_peer.py"]
    subprocess.run([*peer, "data", folder, str(ROWS)], check=True)
    (folder / "MLproject").write_text(
        "entry_points:\n  main:\n    trainer: forest\n    parameters:\n"
        "      data: train.csv\n      target: y\n      criterion: gini\n      test_fraction: 0\n")
    for threads in [1, 2]:
        # The threads of both are as many as the processors that they may use.
        pinned = ["/usr/bin/taskset", "-c", ",".join(map(str, range(threads)))]
        ours = measure([*pinned, PROGRAM, "run"], repeat=1, cwd=folder)
        theirs = measure([*pinned, *peer, "train", folder, str(threads)], repeat=1, cwd=folder)
        what = f"forest: {ROWS:,} x 28, 100 trees, {threads} threads"
        row(what, ours[0], theirs[0], name="scikit-learn")
        row(f"{what}, wall", ours[1], theirs[1], unit="ms", name="scikit-learn")
        row(f"{what}, memory", ours[2], theirs[2], unit="MB", name="scikit-learn")
    model = max(folder.rglob("model.json"), key=os.path.getmtime)
    row("forest: size of the model", model.stat().st_size / 1e6, unit="MB")
    ours = measure([PROGRAM, "predict", model, "test.csv", "-o", "answers.csv"], repeat=1, cwd=folder)
    theirs = measure([*peer, "predict", folder, "2"], repeat=1, cwd=folder)
    row(f"forest: predicting {ROWS:,} rows, reading included", ours[0], theirs[0], name="scikit-learn")
    told = subprocess.run([*peer, "score", folder], check=True, stdout=subprocess.PIPE, text=True).stdout
    for name, value in json.loads(told).items():
        print(f"  forest: {name}: {value:.4f}", flush=True)


if __name__ == "__main__":
    sys.exit("run.py runs this section")

"""Boosted trees on 100,000 and 1,000,000 rows of 28 columns, beside XGBoost and LightGBM."""

import json
import os
import pathlib
import subprocess
import sys

from bench import PEERS, PROGRAM, measure, row

ROWS = [int(text) for text in os.environ.get("REPRISE_BENCH_BOOSTING_ROWS", "100000,1000000").split(",")]
SEEDS = [int(text) for text in os.environ.get("REPRISE_BENCH_BOOSTING_SEEDS", "1").split(",")]
HERE = pathlib.Path(__file__).resolve().parent
PEER = [PEERS / "bin/python", HERE / "boosting_peer.py"]

# What a setting is called, the library, how it spells "threads", and its parameters. All rounds are 100.
SETTINGS = [
    ("depth 6", "xgboost", "nthread",
     {"objective": "binary:logistic", "max_depth": 6, "eta": .1, "num_boost_round": 100}),
    ("31 leaves", "lightgbm", "num_threads",
     {"objective": "binary", "num_leaves": 31, "num_iterations": 100, "verbosity": -1}),
    ("255 leaves", "lightgbm", "num_threads",
     {"objective": "binary", "num_leaves": 255, "num_iterations": 100, "verbosity": -1}),
]
WANTED = os.environ.get("REPRISE_BENCH_BOOSTING_SETTINGS", ",".join(setting[0] for setting in SETTINGS)).split(",")
THREADS = [int(text) for text in os.environ.get("REPRISE_BENCH_BOOSTING_THREADS", "1,2").split(",")]


def boosting(work):
    """Boosted trees."""
    for rows in ROWS:
        for seed in SEEDS:
            folder = work / f"boosting{rows}-{seed}"
            folder.mkdir()
            subprocess.run([*PEER, "data", folder, str(rows), str(seed)], check=True)
            for name, library, threads, params in SETTINGS:
                if name in WANTED:
                    compare(folder, f"{library}, {name}, {rows:,} rows", library, threads, params)
                    told = score(folder, library)
                    text = ", ".join(f"{key} {value:.5f}" for key, value in told.items())
                    print(f"  seed {seed}: {text}", flush=True)


def compare(folder, what, library, threads, params):
    """Trains on both sides with growing numbers of threads, then predicts with the last models."""
    ending = "json" if library == "xgboost" else "txt"
    models = set()
    for count in THREADS:
        (folder / "params.json").write_text(json.dumps({**params, threads: count}))
        # As many processors as threads, so that neither side can borrow another one.
        pinned = ["/usr/bin/taskset", "-c", ",".join(map(str, range(count)))]
        ours = measure([
            *pinned, PROGRAM, "train", library, "--data", "train.npy", "--target", "28", "--params", "params.json",
            "--model", f"ours.{ending}", "--json"], repeat=1, cwd=folder)
        theirs = measure([*pinned, *PEER, "train", folder, library, "params.json"], repeat=1, cwd=folder)
        models.add((folder / f"ours.{ending}").read_bytes())
        own, other = timings(folder), json.loads((folder / "peer.timings").read_text())
        case = f"{what}, {count} threads"
        row(f"{case}, all of it", ours[0], theirs[0], name=library)
        row(f"{case}, construct, wall", own["construct_s"] * 1000, other["construct"][0] * 1000, "ms", library)
        row(f"{case}, train, wall", own["train_s"] * 1000, other["train"][0] * 1000, "ms", library)
        print(f"  {library}'s own CPU seconds: {', '.join(f'{key} {cpu:.2f}' for key, (_, cpu) in other.items())}")
        data = (folder / "train.npy").stat().st_size / 1e6
        row(f"{case}, memory beyond the table of {data:.0f} MB", ours[2] - data, theirs[2] - data, "MB", library)
    if len(models) > 1:
        raise SystemExit(f"{what}: the model depends on the number of threads")
    ours = measure([PROGRAM, "predict", f"ours.{ending}", "test.npy", "-o", "answers.csv"], repeat=3, cwd=folder)
    theirs = measure([*PEER, "predict", folder, library], repeat=3, cwd=folder)
    row(f"{what}: predicting 200,000 rows, files included", ours[0], theirs[0], name=library)


def timings(folder):
    """What the newest run recorded of its phases."""
    told = subprocess.run(
        [PROGRAM, "runs", "show", "latest", "--json"], cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(told)["timings"]


def score(folder, library):
    told = subprocess.run([*PEER, "score", folder, library], check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(told)


if __name__ == "__main__":
    sys.exit("run.py runs this section")

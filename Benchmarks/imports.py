"""An installation of MLflow's moves to us; by MLflow's own client, it moves from one database of its own to another."""

import sqlite3
import subprocess

from bench import PEERS, PROGRAM, measure, rate, row

PYTHON = PEERS / "bin/python"

MAKE = """
import os, sys
os.environ["MLFLOW_ENABLE_ASYNC_LOGGING"] = "false"
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
SqlAlchemyStore("sqlite:///" + sys.argv[1], sys.argv[2])
"""

# As the scripts that people write for it, and mlflow-export-import, do it: run by run, metric by metric.
MOVE = """
import sys
from mlflow import MlflowClient
from mlflow.entities import Param, RunTag
source, target = MlflowClient("sqlite:///" + sys.argv[1]), MlflowClient("sqlite:///" + sys.argv[2])
token = None
while True:
    page = source.search_runs(["0"], page_token=token)
    for run in page:
        new = target.create_run("0", run.info.start_time).info.run_id
        target.log_batch(new, [], [Param(k, v) for k, v in run.data.params.items()], [RunTag(k, v) for k, v in run.data.tags.items()])
        for key in run.data.metrics:
            points = source.get_metric_history(run.info.run_id, key)
            for start in range(0, len(points), 1000):
                target.log_batch(new, points[start:start + 1000])
        target.set_terminated(new, run.info.status, run.info.end_time)
    token = page.token
    if not token:
        break
"""


def installation(folder, runs, points):
    """MLflow's database of so many runs, with so many points each of ten metrics."""
    folder.mkdir()
    path = folder / "mlflow.db"
    subprocess.run([PYTHON, "-W", "ignore", "-c", MAKE, path, folder / "mlruns"], check=True)
    db = sqlite3.connect(path)
    steps = points // 10
    for number in range(runs):
        run = f"{number:032x}"
        db.execute(
            "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, end_time, lifecycle_stage,"
            " artifact_uri, experiment_id) VALUES (?, ?, 'LOCAL', 'me', 'FINISHED', ?, ?, 'active', ?, 0)",
            (run, f"run {number}", 1000 + number, 2000 + number, f"{folder}/mlruns/0/{run}/artifacts"),
        )
        db.executemany("INSERT INTO params VALUES (?, ?, ?)", [(f"p{i}", str(i), run) for i in range(10)])
        db.executemany(
            "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, 0)",
            [(f"m{i}", 1 / (s + 1), s, run, s) for s in range(steps) for i in range(10)],
        )
        db.executemany(
            "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, 0, ?)",
            [(f"m{i}", 1 / steps, steps - 1, steps - 1, run) for i in range(10)],
        )
    db.commit()
    db.close()
    return path


def imports(work):
    """Moving from MLflow."""
    path = installation(work / "theirs", 1_000, 1_000)
    ours = work / "ours"
    ours.mkdir()
    words = [PROGRAM, "-C", ours, "import", "mlflow", f"sqlite:///{path}"]
    first = measure(words, repeat=1)
    small = installation(work / "small", 20, 1_000)
    subprocess.run([PYTHON, "-W", "ignore", "-c", MAKE, work / "target.db", work / "t"], check=True)
    peer = measure([PYTHON, "-W", "ignore", "-c", MOVE, small, work / "target.db"], repeat=1)
    start = measure([PYTHON, "-W", "ignore", "-c", "import mlflow"], repeat=1)
    rate(
        "import: 1,000 runs of 1,000 points, points a CPU second", 1_000_000 / first[0] * 1000,
        20_000 / (peer[0] - start[0]) * 1000,
    )
    row("import: memory", first[2], peer[2], unit="MB")
    again = measure(words, repeat=3)
    row("import: once more, nothing new", again[0])

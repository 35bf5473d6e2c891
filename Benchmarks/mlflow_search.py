"""Fills MLflow's SQLite store with runs, searches it as the bench does, and prints the median CPU ms of a search.

Usage: mlflow_search.py DATABASE COUNT
"""

import pathlib
import sqlite3
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from mlflow.entities import ViewType
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from runs import METRICS, made_up

path, count = sys.argv[1], int(sys.argv[2])
store = SqlAlchemyStore(f"sqlite:///{path}", f"{path}-artifacts")
with sqlite3.connect(path) as database:
    for run in made_up(count):
        database.execute(
            "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, end_time, lifecycle_stage,"
            " artifact_uri, experiment_id) VALUES (?, ?, 'PROJECT', 'bench', 'FINISHED', ?, ?, 'active', ?, 0)",
            (run.id, run.name, run.start, run.start + 1000, f"artifacts/{run.id}"),
        )
        for key, value in run.params.items():
            database.execute("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", (key, value, run.id))
        for key, value in run.tags.items():
            database.execute("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", (key, value, run.id))
        for key in METRICS:
            database.execute(
                "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, 0, 0, ?)",
                (key, run.metrics[key], run.start, run.id),
            )
times = []
for _ in range(5):
    begin = time.process_time()
    found = store.search_runs(
        ["0"], "metrics.loss < 0.5 and params.alpha = '0.3'", ViewType.ACTIVE_ONLY, 100, ["metrics.loss ASC"]
    )
    times.append((time.process_time() - begin) * 1000)
assert len(found) == min(100, len(found)) and len(found) > 0
print(statistics.median(times))

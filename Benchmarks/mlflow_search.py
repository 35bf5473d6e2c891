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


def fill(database):
    """Puts the runs in through MLflow's own tables: through its API a hundred thousand would take hours."""
    database.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY"
    )
    indexes = database.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('runs', 'params', 'tags', 'latest_metrics')"
    ).fetchall()
    for name, _ in indexes:
        database.execute(f"DROP INDEX {name}")
    # In the order of the ids, so that the tables' own keys are filled from one end.
    runs = sorted(made_up(count), key=lambda run: run.id)
    database.executemany(
        "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, end_time, lifecycle_stage,"
        " artifact_uri, experiment_id) VALUES (?, ?, 'PROJECT', 'bench', 'FINISHED', ?, ?, 'active', ?, 0)",
        ((run.id, run.name, run.start, run.start + 1000, f"artifacts/{run.id}") for run in runs),
    )
    for table in ["params", "tags"]:
        database.executemany(
            f"INSERT INTO {table} (key, value, run_uuid) VALUES (?, ?, ?)",
            ((key, value, run.id) for run in runs for key, value in getattr(run, table).items()),
        )
    database.executemany(
        "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, 0, 0, ?)",
        ((key, run.metrics[key], run.start, run.id) for run in runs for key in METRICS),
    )
    for _, sql in indexes:
        database.execute(sql)
    database.commit()


with sqlite3.connect(path) as database:
    fill(database)
times = []
# Its search takes longer than by the number of runs: one of many is enough then.
while len(times) < 5 and sum(times) < 10_000:
    begin = time.process_time()
    found = store.search_runs(
        ["0"], "metrics.loss < 0.5 and params.alpha = '0.3'", ViewType.ACTIVE_ONLY, 100, ["metrics.loss ASC"]
    )
    times.append((time.process_time() - begin) * 1000)
assert len(found) == min(100, len(found)) and len(found) > 0
print(statistics.median(times))

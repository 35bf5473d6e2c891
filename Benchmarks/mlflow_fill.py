"""Puts made-up runs into MLflow's SQLite store. Usage: mlflow_fill.py DATABASE COUNT"""

import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from runs import METRICS, made_up


def fill(database, count):
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


if __name__ == "__main__":
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    SqlAlchemyStore(f"sqlite:///{sys.argv[1]}", f"{sys.argv[1]}-artifacts")
    with sqlite3.connect(sys.argv[1]) as database:
        fill(database, int(sys.argv[2]))

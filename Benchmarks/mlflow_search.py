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
from mlflow_fill import fill

path, count = sys.argv[1], int(sys.argv[2])
store = SqlAlchemyStore(f"sqlite:///{path}", f"{path}-artifacts")


with sqlite3.connect(path) as database:
    fill(database, count)
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

"""Logs metrics into MLflow's SQLite store in batches of 1,000; prints how many a CPU second.

Usage: mlflow_metrics.py DATABASE COUNT
"""

import sys
import time

from mlflow.entities import Metric
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

path, count = sys.argv[1], int(sys.argv[2])
store = SqlAlchemyStore(f"sqlite:///{path}", f"{path}-artifacts")
run = store.create_run("0", "bench", 0, [], "bench").info.run_id
metrics = [Metric(f"m{i % 10}", i / 7, 1_700_000_000_000 + i, i // 10) for i in range(count)]
begin = time.process_time()
for at in range(0, count, 1000):
    store.log_batch(run, metrics[at : at + 1000], [], [])
print(count / (time.process_time() - begin))

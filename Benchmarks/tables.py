"""Reading a CSV file of 1,000,000 rows and 10 columns on one core, beside pandas and pyarrow."""

import json
import os
import subprocess
import sys

from bench import PEERS, PROGRAM, rate

ROWS = int(os.environ.get("REPRISE_BENCH_TABLE_ROWS", "1000000"))

# Numbers with all their digits, prices, counts and words: what files of tables are made of.
MAKE = """
import sys
import numpy as np
import pandas as pd
rows, rng = int(sys.argv[1]), np.random.default_rng(0)
columns = {f"x{i}": rng.normal(size=rows) for i in range(4)}
columns |= {f"price{i}": np.round(rng.exponential(50, size=rows), 2) for i in range(2)}
columns |= {f"count{i}": rng.integers(0, 1000, size=rows) for i in range(2)}
columns["city"] = rng.choice(["Berlin", "Lagos", "Lima", "Osaka"], size=rows)
columns["y"] = rng.integers(0, 2, size=rows)
pd.DataFrame(columns).to_csv("table.csv", index=False)
"""

READ = """
import time
import pandas as pd
import pyarrow as pa
import pyarrow.csv
pa.set_cpu_count(1)
for read in [pd.read_csv, pa.csv.read_csv]:
    start = time.perf_counter()
    read("table.csv")
    print(time.perf_counter() - start)
"""


def tables(work):
    """Reading tables."""
    folder = work / "tables"
    folder.mkdir()
    python = PEERS / "bin/python"
    subprocess.run([python, "-c", MAKE, str(ROWS)], cwd=folder, check=True)
    megabytes = (folder / "table.csv").stat().st_size / 1e6
    pinned = ["/usr/bin/taskset", "-c", "0"]
    # One round of one small tree: of its phases only the reading counts.
    subprocess.run(
        [*pinned, PROGRAM, "train", "xgboost", "--data", "table.csv", "--target", "y", "-q",
         "-P", "num_boost_round=1", "-P", "max_depth=1"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    told = subprocess.run(
        [PROGRAM, "runs", "show", "latest", "--json"], cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout
    ours = megabytes / json.loads(told)["timings"]["read_s"]
    out = subprocess.run([*pinned, python, "-c", READ], cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout
    for name, seconds in zip(["pandas", "pyarrow"], map(float, out.split())):
        rate(f"tables: CSV of {megabytes:.0f} MB, one core, {ROWS:,} rows", ours, megabytes / seconds, "MB/s", name)


if __name__ == "__main__":
    sys.exit("run.py runs this section")

"""Tests of data: the same checks of the same table by this program and by its peers.

`REPRISE_BENCH_TEST_PEERS` names the virtual environment that `make bench` makes of `requirements.txt`.
"""

import os
import pathlib
import subprocess

from bench import HERE, PROGRAM, measure, row

PEERS = pathlib.Path(os.environ.get("REPRISE_BENCH_TEST_PEERS", "none"))
LARGEST = int(os.environ.get("REPRISE_BENCH_TEST_ROWS", "5000000"))

SUITE = r"""
data: t{rows}.csv
reference: reference.csv
columns:
  id: int, unique, monotonic strict
  created: datetime "%Y-%m-%d %H:%M:%S", monotonic
  age: int, 18..90
  income: float, >= 0, nulls <= 5%, median 2000..4000
  score: float, 0..1, mean 0.2..0.4
  country: category in [KR, US, JP, DE, BR]
  city: category, distinct 5..20
  email: {{type: string, tests: [{{test: regex, pattern: '[^@]+@[^@]+\.[a-z]+'}}]}}
  plan: category, drift js < 0.1
  label: int in [0, 1]
  height: float, outliers iqr <= 5%
  weight: float, outliers z <= 5%
  x0: float, std 0.5..1.5
  x1: float, drift psi < 0.1
  x2: float
  visits: int
  price: float, quantile 0.99 100..400
  first_day: int
  last_day: int
  code: string, length 7..7
table:
- no duplicates on [country, email]
- first_day <= last_day
- class balance label >= 0.1
- correlation < 0.95 on [x0, x1, x2, height, weight]
"""


def tests(work):
    """Tests of data."""
    folder = work / "datatests"
    (folder / "tests/data").mkdir(parents=True)
    python = PEERS / "bin/python"
    if not python.exists():
        raise SystemExit("REPRISE_BENCH_TEST_PEERS names no virtual environment: run `make bench`")
    subprocess.run([python, HERE / "tests_table.py", folder / "reference.csv", "100000"], check=True)
    peers = ["polars", "pandera", "great-expectations"]
    for rows in [1_000, 100_000, 1_000_000, 5_000_000]:
        if rows > LARGEST:
            continue
        table = folder / f"t{rows}.csv"
        subprocess.run([python, HERE / "tests_table.py", table, str(rows)], check=True)
        (folder / f"tests/data/t{rows}.yml").write_text(SUITE.format(rows=rows))
        ours = measure([PROGRAM, "test", f"t{rows}", "--fresh"], repeat=11 if rows == 1_000 else 3, cwd=folder)
        for name in peers:
            peer = measure(
                [python, HERE / "tests_peer.py", name, table, folder / "reference.csv"],
                repeat=3 if rows < 1_000_000 else 1)
            row(f"tests: {rows:,} rows of 20 columns", ours[0], peer[0], name=name)
            row(f"tests: {rows:,} rows of 20 columns, memory", ours[2], peer[2], unit="MB", name=name)
        table.unlink()

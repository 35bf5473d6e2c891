"""Makes the tables that the section `tests` tests: users of a service, each in a row, in the order of their coming.

Usage: tests_table.py FILE ROWS

The rows come from a seed of their own in steps of 100,000, so that a table begins like each longer one.
"""

import datetime
import pathlib
import sys

import numpy as np

STEP = 100_000
SEED = 20260301
FIRST_DAY = datetime.datetime(2022, 1, 1)
COUNTRIES = np.array(["KR", "US", "JP", "DE", "BR"])
CITIES = np.array(["Seoul", "Busan", "Austin", "Boston", "Osaka", "Kyoto", "Berlin", "Bremen", "Recife", "Santos"])
PLANS = np.array(["free", "basic", "plus", "pro"])
HEAD = (
    "id,created,age,income,score,country,city,email,plan,label,height,weight,"
    "x0,x1,x2,visits,price,first_day,last_day,code"
)


def step(file, first, count):
    """Writes rows; `first` counts all rows before them."""
    rng = np.random.default_rng([SEED, first // STEP])
    ids = np.arange(first, first + count) * 3 + 7
    seconds = np.arange(first, first + count) * 20 + rng.integers(0, 20, count)
    height = rng.normal(171, 9, count)
    weight = 0.8 * (height - 171) + rng.normal(70, 9, count)
    income = rng.lognormal(8, 0.4, count)
    has_income = rng.random(count) >= 0.01
    starts = rng.integers(18_000, 20_000, count)
    base = rng.normal(size=count)
    columns = [
        ids.tolist(),
        [str(FIRST_DAY + datetime.timedelta(seconds=second)) for second in seconds.tolist()],
        np.clip(rng.normal(41, 12, count), 18, 90).astype(int).tolist(),
        [f"{value:.2f}" if known else "" for value, known in zip(income.tolist(), has_income.tolist())],
        [f"{value:.6f}" for value in rng.beta(2, 5, count).tolist()],
        COUNTRIES[rng.integers(0, 5, count)].tolist(),
        CITIES[rng.integers(0, 10, count)].tolist(),
        [f"user{number}@example.org" for number in (ids * 7 % 1_000_000_007).tolist()],
        PLANS[np.minimum(rng.geometric(0.5, count) - 1, 3)].tolist(),
        (rng.random(count) < 0.3).astype(int).tolist(),
        [f"{value:.1f}" for value in height.tolist()],
        [f"{value:.1f}" for value in weight.tolist()],
        [f"{value:.6f}" for value in base.tolist()],
        [f"{value:.6f}" for value in (0.6 * base + rng.normal(size=count)).tolist()],
        [f"{value:.6f}" for value in rng.normal(size=count).tolist()],
        rng.poisson(40, count).tolist(),
        [f"{value:.2f}" for value in rng.exponential(50, count).tolist()],
        starts.tolist(),
        (starts + rng.integers(0, 400, count)).tolist(),
        [f"{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}-{number % 10_000:04}" for number in (ids * 31).tolist()],
    ]
    file.write("".join(",".join(map(str, row)) + "\n" for row in zip(*columns)))


def make(path, rows):
    """Writes a table as CSV."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD + "\n")
        for first in range(0, rows, STEP):
            step(file, first, min(STEP, rows - first))


if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]), int(sys.argv[2]))

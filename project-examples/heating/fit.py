"""Fits energy = base + slope * degrees below the limit; the standard library is enough."""

import argparse
import csv
import json
import math
import os
import pathlib
import statistics


def read(path):
    """Gives (temperature, energy) of every day, of one file or of all in a folder."""
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    rows = []
    for name in files:
        with open(name, newline="", encoding="utf-8") as file:
            rows += [(float(row["temperature"]), float(row["energy"])) for row in csv.DictReader(file)]
    return rows


def log(key, value):
    """Appends a metric to the record, when there is one."""
    path = os.environ.get("REPRISE_METRICS")
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "value": value}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--limit", type=float, default=15)
    args = parser.parse_args()

    rows = read(args.data)
    below = [max(0.0, args.limit - temperature) for temperature, _ in rows]
    energy = [value for _, value in rows]
    slope, base = statistics.linear_regression(below, energy)
    error = math.sqrt(math.fsum((base + slope * x - y) ** 2 for x, y in zip(below, energy)) / len(rows))

    report = {"days": len(rows), "base": base, "slope": slope, "rmse": error}
    for key, value in report.items():
        log(key, value)
    print(f"{len(rows)} days: {base:.1f} kWh + {slope:.2f} kWh a degree, give or take {error:.1f} kWh")
    path = pathlib.Path("reports/fit.json")
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(report, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

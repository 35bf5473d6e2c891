"""Tells a penguin's species by its nearest neighbours; the standard library is enough."""

import argparse
import collections
import csv
import json
import math
import os
import pathlib
import random

COLUMNS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


def read(path):
    """Gives (measurements, species) of every complete row."""
    rows = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            try:
                rows.append(([float(row[name]) for name in COLUMNS], row["species"]))
            except ValueError:
                continue  # a measurement is NA
    return rows


def scale(rows, by):
    """Brings every column to mean 0 and deviation 1, as measured on the rows of `by`."""
    columns = list(zip(*(values for values, _ in by)))
    means = [math.fsum(column) / len(column) for column in columns]
    deviations = [
        math.sqrt(math.fsum((v - mean) ** 2 for v in column) / len(column)) or 1.0
        for column, mean in zip(columns, means)
    ]
    return [
        ([(v - m) / d for v, m, d in zip(values, means, deviations)], species)
        for values, species in rows
    ]


def vote(train, values, k, weights):
    """Gives the species that the k nearest rows vote for; a tie goes to the first by name."""
    near = sorted((math.dist(values, other), species) for other, species in train)[:k]
    votes = collections.Counter()
    for distance, species in near:
        votes[species] += 1.0 if weights == "uniform" else 1.0 / (distance + 1e-9)
    return min(votes, key=lambda species: (-votes[species], species))


def log(key, value, step=0):
    """Appends a metric to the record, when there is one."""
    path = os.environ.get("REPRISE_METRICS")
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "value": value, "step": step}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--k", type=int, default=5)
    parser.add_argument("--weights", choices=["uniform", "distance"], default="uniform")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()

    rows = read(args.data)
    random.Random(args.seed).shuffle(rows)
    cut = len(rows) // 5
    test, train = rows[:cut], rows[cut:]
    test, train = scale(test, train), scale(train, train)

    right = 0
    for step, (values, species) in enumerate(test, start=1):
        right += vote(train, values, args.k, args.weights) == species
        log("running_accuracy", right / step, step)
    accuracy = right / len(test)
    log("accuracy", accuracy)
    print(f"{len(train)} rows to learn from, {len(test)} to test: accuracy {accuracy:.3f}")

    report = pathlib.Path("reports/nearest.json")
    report.parent.mkdir(exist_ok=True)
    report.write_text(json.dumps({"accuracy": accuracy, "k": args.k, "rows": len(rows)}) + "\n")


if __name__ == "__main__":
    main()

"""Puts made-up runs into a records.db as the program lays it out. Usage: fill_records.py DATABASE COUNT"""

import sqlite3
import sys

from runs import METRICS, made_up

path, count = sys.argv[1], int(sys.argv[2])
database = sqlite3.connect(path)
# A cache that holds the indexes, or a million runs take an hour.
database.executescript("PRAGMA cache_size = -2000000; PRAGMA synchronous = OFF")
keys = dict(database.execute("SELECT name, id FROM keys"))


def key(name):
    if name not in keys:
        keys[name] = database.execute("INSERT INTO keys (name) VALUES (?)", (name,)).lastrowid
    return keys[name]


with database:
    for run in made_up(count):
        number = database.execute(
            "INSERT INTO runs (id, experiment, name, user, host, status, started, ended)"
            " VALUES (?, 0, ?, 'bench', 'bench', 'FINISHED', ?, ?)",
            (run.id, run.name, run.start, run.start + 1000),
        ).lastrowid
        database.execute("INSERT INTO run_details (run, command) VALUES (?, 'true')", (number,))
        for name, value in run.params.items():
            database.execute("INSERT INTO params (run, key, value) VALUES (?, ?, ?)", (number, key(name), value))
        for name, value in run.tags.items():
            database.execute("INSERT INTO tags (run, key, value) VALUES (?, ?, ?)", (number, key(name), value))
        for name in METRICS:
            database.execute(
                "INSERT INTO latest_metrics (run, key, value, step, timestamp) VALUES (?, ?, ?, 0, ?)",
                (number, key(name), run.metrics[name], run.start),
            )
            database.execute(
                "INSERT INTO metrics (run, key, step, timestamp, value) VALUES (?, ?, 0, ?, ?)",
                (number, key(name), run.start, run.metrics[name]),
            )

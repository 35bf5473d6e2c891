"""The tracking server beside `mlflow server`: start, memory, writes, searches, artifacts."""

import re
import statistics
import subprocess
import sys
import time
import urllib.request

from bench import HERE, PEERS, PROGRAM, rate, row
from server_load import CREATE, LOG_BATCH, LOG_METRIC, Tracked

QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}


def ours(folder):
    return Tracked([PROGRAM, "server"], folder)


def theirs(folder):
    store = ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--artifacts-destination", str(folder / "artifacts")]
    return Tracked([PEERS / "bin/mlflow", "server", *store], folder, QUIET)


def server(work):
    """The tracking server, empty and under load, beside `mlflow server` with SQLite."""
    both = [ours(work / "served"), theirs(work / "served-mlflow")]
    try:
        row("server: start to healthy", *(s.started for s in both), unit="ms")
        row("server: start to healthy, CPU", *(s.cpu() for s in both))
        time.sleep(5)
        idle = [s.memory() for s in both]
        for index, name in enumerate(["RSS", "PSS"]):
            row(f"server: memory idle, {name}", *(m[index] for m in idle), unit="MB")
        row("server: processes", *(m[2] for m in idle), unit="")
        for clients in [1, 8]:
            rate(f"server: log_metric, {clients} clients", *(s.load(LOG_METRIC, clients, 5) for s in both), unit="a second")
        rate("server: log-batch of 1,000 metrics", *(s.load(LOG_BATCH, 1, 5) * 1000 for s in both), unit="metrics/s")
        for clients in [1, 8]:
            made = (s.load(CREATE, clients, 5) / 2 for s in both)
            rate(f"server: a run with 10 metrics and 10 parameters, {clients} clients", *made, unit="a second")
        files(both)
    finally:
        for one in both:
            one.stop()
    filled(work)


def filled(work):
    """Memory after a million metrics, ours alone: MLflow takes five minutes to get them."""
    one = ours(work / "million")
    try:
        run = one.post("runs/create", {"experiment_id": "0"})["run"]["info"]["run_id"]
        for batch in range(1000):
            points = [{"key": f"m{i % 10}", "value": i / 7, "timestamp": i, "step": batch * 100 + i // 10} for i in range(1000)]
            one.post("runs/log-batch", {"run_id": run, "metrics": points})
        for index, name in enumerate(["RSS", "PSS"]):
            row(f"server: memory after 1,000,000 metrics, {name}", one.memory()[index], unit="MB")
    finally:
        one.stop()


def files(both):
    """20 MB up and down through the proxy; the medians of five."""
    data = bytes(range(256)) * 78_125
    times = {"up": [], "down": []}
    for one in both:
        url = f"{one.url}/api/2.0/mlflow-artifacts/artifacts/0/bench/artifacts/file"
        for name, body, method in [("up", data, "PUT"), ("down", None, "GET")]:
            taken = []
            for _ in range(5):
                begin = time.perf_counter()
                with urllib.request.urlopen(urllib.request.Request(url, body, method=method), timeout=60) as answer:
                    answer.read()
                taken.append((time.perf_counter() - begin) * 1000)
            times[name].append(statistics.median(taken))
    for name, pair in times.items():
        row(f"server: artifact of 20 MB {name}", *pair, unit="ms")


def asked(one, fields, repeat):
    """The median ms of a search over HTTP."""
    taken = []
    for _ in range(repeat):
        begin = time.perf_counter()
        one.post("runs/search", {"experiment_ids": ["0"], **fields})
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


def pages(one):
    """The ms in which all runs are read in pages of 1,000; what a client makes of them is not counted."""
    begin, token = time.perf_counter(), None
    while True:
        found = one.sent("runs/search", {"experiment_ids": ["0"], "max_results": 1000, **({"page_token": token} if token else {})})
        token = re.search(rb'"next_page_token": ?"([^"]+)"', found[-500:] + found[:500])
        if not token:
            return (time.perf_counter() - begin) * 1000
        token = token[1].decode()


def server_search(work):
    """Searches over HTTP in 10,000 runs, and in more of ours."""
    searches = {
        "newest": {}, "filtered": {"filter": "metrics.loss < 0.5 and params.alpha = '0.3'"},
        "ordered by a metric": {"order_by": ["metrics.loss ASC"]},
    }
    for count in [10_000, 100_000]:
        folder = work / f"searched{count}"
        # The store is laid out by the server itself, then filled while nobody serves it.
        Tracked([PROGRAM, "server"], folder).process.terminate()
        time.sleep(2)
        subprocess.run([sys.executable, HERE / "fill_records.py", folder / ".reprise/records.db", str(count)], check=True)
        both = [ours(folder)]
        if count == 10_000:
            other = work / "searched-mlflow"
            other.mkdir()
            subprocess.run([PEERS / "bin/python", HERE / "mlflow_fill.py", other / "mlflow.db", str(count)], check=True)
            both.append(theirs(other))
        try:
            for name, fields in searches.items():
                row(f"server: 100 of {count:,} runs, {name}", *(asked(s, {"max_results": 100, **fields}, 5) for s in both), unit="ms")
            row(f"server: all {count:,} runs in pages of 1,000", *(pages(s) for s in both), unit="ms")
            painted(both[0], count)
        finally:
            for one in both:
                one.stop()


def painted(one, count):
    """The first paint of our runs page, as far as it is the server's."""
    taken = []
    for _ in range(5):
        begin = time.perf_counter()
        with urllib.request.urlopen(f"{one.url}/experiments/0", timeout=60) as answer:
            answer.read()
        taken.append((time.perf_counter() - begin) * 1000)
    row(f"server: page of {count:,} runs", statistics.median(taken), unit="ms")

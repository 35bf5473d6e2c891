"""Drives the real `mlflow` client through what it can do, first against MLflow's server and then against ours.

Usage: client_tour.py THEIRS OURS [PREFIX]; with one address alone it prints what came back. The last line is JSON: the
number of answers, the differences, the methods of the client that were used, and those that were not.
"""

import inspect
import json
import os
import pathlib
import shutil
import sys
import tempfile

os.environ.update({
    "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true", "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false", "GIT_PYTHON_REFRESH": "quiet", "MPLBACKEND": "Agg",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "60",
})

import mlflow  # noqa: E402 the variables stand first
import tour_artifacts  # noqa: E402
import tour_models  # noqa: E402
import tour_registry  # noqa: E402
import tour_runs  # noqa: E402
from mlflow import MlflowClient  # noqa: E402
from plain import Plain  # noqa: E402

PARTS = [*tour_runs.PARTS, *tour_artifacts.PARTS, *tour_models.PARTS, *tour_registry.PARTS]
# What the client has for servers with features beyond tracking and the registry.
BEYOND = ("mcp_", "trace", "prompt", "webhook", "workspace", "span", "_dataset", "dataset_", "datasets", "log_stream")
USED = set()


def watched(name, method):
    """The method, with a note of its use."""

    def wrapper(*arguments, **named):
        USED.add(name)
        return method(*arguments, **named)

    return wrapper


class Tour:
    """One way through everything, against one server."""

    def __init__(self, address, prefix):
        self.address, self.prefix = address, prefix
        self.major = int(mlflow.__version__.split(".")[0])
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tour"))
        self.plain = Plain(self.folder, address)
        self.said = []
        mlflow.set_tracking_uri(address)
        mlflow.set_registry_uri(address)
        self.client = MlflowClient()
        mlflow.set_experiment(f"{prefix} tour")

    def say(self, name, work):
        """Notes what some work gave, or how it was refused."""
        try:
            value = self.plain(work() if callable(work) else work)
        except Exception as error:
            code = getattr(error, "error_code", None)
            value = {"raised": type(error).__name__, "code": code, "message": self.plain(str(error))}
            if code is None:
                import traceback

                value["where"] = traceback.format_exc().splitlines()[-6:]
        self.said.append((name, value))
        return value

    def run(self):
        for part in PARTS:
            try:
                part(self)
            except Exception as error:
                import traceback

                self.said.append((part.__name__, {"ended": repr(error), "where": traceback.format_exc().splitlines()[-8:]}))
            while mlflow.active_run():
                mlflow.end_run()
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.said


def methods():
    return [n for n, _ in inspect.getmembers(MlflowClient, inspect.isfunction) if not n.startswith("_")]


def main():
    names = methods()
    for name in names:
        setattr(MlflowClient, name, watched(name, getattr(MlflowClient, name)))
    prefix = sys.argv[3] if len(sys.argv) > 3 else "t1"
    addresses = [a.rstrip("/") for a in sys.argv[1:3]]
    tours = [Tour(address, prefix).run() for address in addresses]
    differences = []
    if len(tours) == 1:
        for name, value in tours[0]:
            print(f"{name}: {json.dumps(value, ensure_ascii=False)[:2000]}")
    else:
        theirs, ours = tours
        for index in range(max(map(len, tours))):
            first = theirs[index] if index < len(theirs) else ("nothing", None)
            second = ours[index] if index < len(ours) else ("nothing", None)
            if first != second:
                differences.append({"step": first[0], "theirs": first[1], "ours": second[1], "our step": second[0]})
                print(f"## {first[0]}\n  theirs {json.dumps(first[1])[:1500]}\n  ours   {json.dumps(second[1])[:1500]}")
    unused = [n for n in names if n not in USED and not any(b in n for b in BEYOND)]
    refused = sum(isinstance(v, dict) and "raised" in v for _, v in tours[0])
    broken = [n for n, v in tours[0] if isinstance(v, dict) and ("ended" in v or ("raised" in v and v["code"] is None))]
    print(json.dumps({
        "version": mlflow.__version__, "answers": len(tours[0]), "refusals": refused, "differences": differences, "used": sorted(USED), "unused": unused,
        "broken": broken,
    }))
    sys.stdout.flush()
    # Threads of the client that still wait are not waited for.
    os._exit(1 if differences else 0)


if __name__ == "__main__":
    main()

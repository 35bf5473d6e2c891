"""Runs scenes by `mlflow run` and by `reprise run`, and tells what is recorded of them then.

    compare.py FOLDER WAY... -- SCENE...

The ways: `mlflow` (into sqlite), `reprise` (into its own records, read through `reprise server`), `remote` (by reprise,
into MLflow's server over sqlite). The result is an object for each scene, of an object for each way: the exit status, the
errors that went up to the top, and the experiments of the scene with all their runs.
"""
import json
import logging
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import scenes

logging.disable(logging.INFO)
base, split = pathlib.Path(sys.argv[1]), sys.argv.index("--")
ways, names = sys.argv[2:split], sys.argv[split + 1 :]
reprise = os.environ["REPRISE"]
variables = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW_", "REPRISE_"))}
variables |= {"PATH": os.path.dirname(sys.executable) + ":" + variables["PATH"], "GIT_PYTHON_REFRESH": "quiet"}
variables |= {"REPRISE_RECORDS": str(base / "records"), "HOME": str(base)}
stores = {"mlflow": "sqlite:///" + str(base / "mlflow.db")}
started = []


def start(words, **more):
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, env=variables, cwd=base, text=True, **more)
    started.append(process)
    return process


def serve_mlflow():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = open(base / "server.log", "w")
    start(
        [sys.executable, "-W", "ignore", "-m", "mlflow", "server", "--port", str(port), "--workers", "1",
         "--backend-store-uri", "sqlite:///" + str(base / "server.db"), "--artifacts-destination", str(base / "kept")],
        stdout=log, stderr=log)
    for _ in range(3000):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health").read()
            break
        except OSError:
            time.sleep(0.1)
    stores["remote"] = f"http://127.0.0.1:{port}"


def serve_records():
    (base / "records").mkdir(exist_ok=True)
    served, text = start([reprise, "server", "--port", "0", "--json"], stdout=subprocess.PIPE), ""
    for line in served.stdout:
        text += line
        if "}" in text:
            break
    stores["reprise"] = json.loads(text)["url"]


def said(text):
    """The types of the errors that the script ended with."""
    heads = [line.split(":")[0] for line in text.splitlines() if line[:1].isalpha()]
    return [head for head in heads if head.endswith(("Exception", "Error"))]


def run(way, name):
    folder = base / way / name
    scenes.write(folder, name)
    env = dict(variables)
    if way == "mlflow":
        words = [sys.executable, "-W", "ignore", "-m", "mlflow", "run", ".", "--env-manager", "local"]
        env |= {"MLFLOW_TRACKING_URI": stores["mlflow"]}
    else:
        words = [reprise, "run"]
    if way == "remote":
        env |= {"MLFLOW_TRACKING_URI": stores["remote"]}
    done = subprocess.run(
        words + ["--experiment-name", name], cwd=folder, env=env, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return {"status": done.returncode, "errors": said(done.stderr), "text": done.stderr[-2000:]}


def moment(time):
    """What the clock gave differs from run to run."""
    return "now" if time > 1_700_000_000_000 else time


def describe(client, experiment):
    runs = client.search_runs([experiment.experiment_id], max_results=1000, run_view_type=3)
    ids = {r.info.run_id: r.info.run_name for r in runs}
    result = []
    for r in runs:
        def walk(path):
            for file in client.list_artifacts(r.info.run_id, path):
                yield from walk(file.path) if file.is_dir else [file.path]
        parent = r.data.tags.get("mlflow.parentRunId")
        models = [o.model_id for o in (r.outputs.model_outputs if r.outputs else [])]
        result.append({
            "name": r.info.run_name, "status": r.info.status, "ended": r.info.end_time is not None,
            "lifecycle": r.info.lifecycle_stage, "params": r.data.params,
            "metrics": {
                key: [[m.step, moment(m.timestamp), repr(m.value)] for m in client.get_metric_history(r.info.run_id, key)]
                for key in sorted(r.data.metrics)
            },
            "tags": r.data.tags, "root": parent is None or parent not in ids, "artifacts": sorted(walk(None)),
            "inputs": [
                [d.dataset.name, d.dataset.digest, d.dataset.source_type, sorted([t.key, t.value] for t in d.tags)]
                for d in (r.inputs.dataset_inputs if r.inputs else [])
            ],
            "models": sorted(client.get_logged_model(m).name for m in models),
        })
    own = lambda r: sorted(i for i in r["tags"].items() if not i[0].startswith(("mlflow.", "reprise.")))
    return sorted(result, key=lambda r: (not r["root"], json.dumps(r["metrics"]), json.dumps(own(r)), r["name"]))


def read(way, name):
    client = MlflowClient(stores[way])
    wanted = [name] + [f"{name.replace('_', '-')}-{side}" for side in ("side", "elsewhere", "later")]
    found = {w: client.get_experiment_by_name(w) for w in wanted}
    return {w: describe(client, e) for w, e in found.items() if e}


try:
    if "remote" in ways:
        serve_mlflow()
    result = {name: {way: run(way, name) for way in ways} for name in names}
    if "reprise" in ways:
        serve_records()
    from mlflow import MlflowClient

    for name in names:
        for way in ways:
            result[name][way]["experiments"] = read(way, name)
finally:
    for process in started:
        process.terminate()
    for process in started:
        process.wait()
(base / "result.json").write_text(json.dumps(result))

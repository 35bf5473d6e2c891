"""Runs scenes and tells what a tracking server or store has of them then.

    compare.py mlflow FOLDER SCENE...     by `mlflow run`, into sqlite
    compare.py reprise FOLDER SCENE...    by $REPRISE run, into its own records, read through `reprise server`
    compare.py remote FOLDER SCENE...     by $REPRISE run, into the server that $MLFLOW_TRACKING_URI names

The result is one object: for each scene its exit status and its experiments with all their runs.
"""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import scenes

kind, base, names = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
reprise = os.environ.get("REPRISE", "")
quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
variables = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW_", "REPRISE_"))}
variables |= {"PATH": os.path.dirname(sys.executable) + ":" + variables["PATH"], "GIT_PYTHON_REFRESH": "quiet"}


def said(text):
    """What the script printed of errors: the types of those that went up to the top."""
    return [line.split(":")[0] for line in text.splitlines() if line.split(":")[0].endswith(("Exception", "Error"))]


def store(name):
    return "sqlite:///" + str(base / name / "mlflow.db")


def run(name):
    folder = base / name / "project"
    scenes.write(folder, name)
    env = dict(variables)
    if kind == "mlflow":
        env |= {"MLFLOW_TRACKING_URI": store(name)}
        words = [sys.executable, "-W", "ignore", "-m", "mlflow", "run", ".", "--env-manager", "local"]
    else:
        words = [reprise, "run"]
    if kind == "remote":
        env |= {"MLFLOW_TRACKING_URI": os.environ["MLFLOW_TRACKING_URI"]}
        words += ["--experiment-name", name]
    if kind == "mlflow":
        words += ["--experiment-name", name]
    if kind == "reprise":
        words += ["--experiment-name", name]
    done = subprocess.run(words, cwd=folder, env=env, stderr=subprocess.PIPE, text=True, **quiet)
    return {"status": done.returncode, "errors": said(done.stderr), "text": done.stderr[-3000:]}


def describe(client, experiment):
    runs = client.search_runs([experiment.experiment_id], max_results=1000, run_view_type=3)
    ids = {r.info.run_id: r.info.run_name for r in runs}
    result = []
    for r in runs:
        def walk(path):
            for file in client.list_artifacts(r.info.run_id, path):
                if file.is_dir:
                    yield from walk(file.path)
                else:
                    yield file.path
        parent = r.data.tags.get("mlflow.parentRunId")
        model_ids = [o.model_id for o in (r.outputs.model_outputs if r.outputs else [])]
        result.append({
            "name": r.info.run_name, "status": r.info.status, "ended": r.info.end_time is not None,
            "lifecycle": r.info.lifecycle_stage, "params": r.data.params,
            "metrics": {
                key: [[m.step, m.timestamp, repr(m.value)] for m in client.get_metric_history(r.info.run_id, key)]
                for key in sorted(r.data.metrics)
            },
            "tags": r.data.tags, "parent": ids.get(parent, parent),
            "artifacts": sorted(walk(None)),
            "inputs": [[d.dataset.name, d.dataset.digest, d.dataset.source_type,
                        sorted((t.key, t.value) for t in d.tags)] for d in (r.inputs.dataset_inputs if r.inputs else [])],
            "models": sorted(client.get_logged_model(m).name for m in model_ids),
        })
    return sorted(result, key=lambda r: (r["parent"] is not None, json.dumps(r["metrics"]), json.dumps(sorted(r["tags"]))))


def describe_all(uri, wanted):
    from mlflow import MlflowClient
    client = MlflowClient(uri)
    return {e.name: describe(client, e) for e in client.search_experiments(view_type=3) if e.name in wanted}


SIDES = ["side", "elsewhere", "later"]


def read(name):
    if kind == "mlflow":
        return describe_all(store(name), SIDES + [name])
    if kind == "remote":
        return describe_all(os.environ["MLFLOW_TRACKING_URI"], [name])
    served = subprocess.Popen(
        [reprise, "server", "--port", "0", "--json"], cwd=base / name / "project", env=variables,
        stdout=subprocess.PIPE, text=True)
    try:
        text = ""
        for line in served.stdout:
            text += line
            try:
                url = json.loads(text)["url"]
                break
            except ValueError:
                continue
        return describe_all(url, SIDES + [name])
    finally:
        served.terminate()
        served.wait()


result = {}
for name in names:
    result[name] = run(name)
    result[name]["experiments"] = read(name)
(base / "result.json").write_text(json.dumps(result))

"""Everything that an MLflow installation holds, as its own client tells it: contents.py TRACKING_URI OUT.json

What differs between two places that hold the same is left out: ids of experiments, where artifacts are, and times of
changes that moving makes.
"""
import hashlib
import json
import os
import sys
import urllib.parse
import urllib.request
import warnings

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"
warnings.simplefilter("ignore")

import logging

logging.disable(logging.CRITICAL)

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType


def pages(ask):
    token = None
    while True:
        page = ask(token)
        yield from page
        token = page.token
        if not token:
            return


def number(value):
    """SQLite, MLflow's and ours, keeps no sign of a zero."""
    return repr(float(value) + 0.0)


def files(root):
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, root)] = hashlib.sha256(file.read()).hexdigest()
    return found


def whereabouts(path):
    """The file store moves a deleted experiment into its trash, and leaves the addresses of its artifacts."""
    parts = path.split("/")
    for index in range(len(parts)):
        moved = "/".join(parts[:index] + [".trash"] + parts[index:])
        if not os.path.exists(path) and os.path.exists(moved):
            return moved
    return path


def latest(points):
    """The latest value; none where NaN and a number share the latest step and time: the file store takes either."""
    last = [value for step, time, value in points if (step, time) == points[-1][:2]]
    return None if len(last) > 1 and "nan" in last else "clear"


def downloaded(uri, client_uri):
    """The files of an artifact folder with their digests."""
    if uri.startswith("s3:"):
        return uri
    if uri.startswith("mlflow-artifacts"):
        return served(client_uri + "/api/2.0/mlflow-artifacts/artifacts", uri.partition(":")[2].strip("/"))
    return files(whereabouts(uri.removeprefix("file://")))


def served(address, root):
    """The files below a folder with their digests. MLflow's client refuses names with `#`, so it is not asked."""
    def get(url):
        with urllib.request.urlopen(url) as answer:
            return answer.read()

    found, folders = {}, [""]
    while folders:
        folder = folders.pop()
        below = f"{root}/{folder}".rstrip("/")
        for entry in json.loads(get(f"{address}?path={urllib.parse.quote(below)}")).get("files", []):
            path = f"{folder}/{entry['path']}".lstrip("/")
            if entry["is_dir"]:
                folders.append(path)
            else:
                data = get(f"{address}/{urllib.parse.quote(root + '/' + path)}")
                found[path] = hashlib.sha256(data).hexdigest()
    return found


def place(uri):
    """A location without what comes before the run or model that it belongs to."""
    parts = (uri or "").split("/")
    for index, part in enumerate(parts[:-1]):
        if parts[index + 1] == "artifacts":
            return "/".join(parts[index:])
    return uri


def run_contents(client, run, uri, names, wants_files):
    # A search leaves out what models a run read.
    run = client.get_run(run.info.run_id)
    info = run.info
    history = {
        key: sorted((m.step, m.timestamp, number(m.value)) for m in client.get_metric_history(info.run_id, key))
        for key in run.data.metrics
    }
    # The file store keeps a point twice that was logged twice.
    history = {key: sorted(set(points)) for key, points in history.items()}
    inputs = run.inputs
    result = {
        "experiment": names[info.experiment_id], "name": info.run_name, "user": info.user_id, "status": info.status,
        "start": info.start_time, "end": info.end_time, "stage": info.lifecycle_stage, "params": run.data.params,
        "tags": run.data.tags, "latest": {k: number(v) for k, v in run.data.metrics.items() if latest(history[k])}, "history": history,
        "datasets": sorted(
            [d.dataset.name, d.dataset.digest, d.dataset.source_type, d.dataset.source, d.dataset.schema or "",
             d.dataset.profile or "", sorted([t.key, t.value] for t in d.tags)]
            for d in (inputs.dataset_inputs if inputs else [])
        ),
        "model_inputs": sorted(m.model_id for m in getattr(inputs, "model_inputs", None) or []),
        "model_outputs": sorted(
            [m.model_id, m.step] for m in getattr(getattr(run, "outputs", None), "model_outputs", None) or []
        ),
    }
    if wants_files:
        result["files"] = downloaded(info.artifact_uri, uri)
    return result


def model_contents(model, names, uri, wants_files):
    result = {
        "experiment": names[model.experiment_id], "name": model.name, "status": str(model.status),
        "created": model.creation_timestamp, "type": model.model_type or None, "run": model.source_run_id or None,
        "tags": model.tags, "params": model.params,
        "metrics": sorted([m.key, number(m.value), m.timestamp, m.step] for m in model.metrics or []),
    }
    if wants_files:
        result["files"] = downloaded(model.artifact_location, uri)
    return result


def version_contents(client, name, version):
    full = client.get_model_version(name, version.version)
    return {
        "stage": full.current_stage, "run": full.run_id or None, "tags": full.tags, "description": full.description or None,
        "aliases": sorted(full.aliases), "source": place(full.source), "created": full.creation_timestamp,
        "uri": place(client.get_model_version_download_uri(name, version.version)), "status": full.status,
    }


def contents(uri, wants_files=True):
    client = MlflowClient(uri, uri)
    experiments = list(pages(lambda t: client.search_experiments(ViewType.ALL, page_token=t)))
    names = {e.experiment_id: e.name for e in experiments}
    result = {"experiments": {}, "runs": {}, "models": {}, "registry": {}}
    for e in experiments:
        result["experiments"][e.name] = {"stage": e.lifecycle_stage, "tags": e.tags, "created": e.creation_time if e.name != "Default" else None}
        ask = lambda t: client.search_runs([e.experiment_id], run_view_type=ViewType.ALL, page_token=t)
        for run in pages(ask):
            result["runs"][run.info.run_id] = run_contents(client, run, uri, names, wants_files)
        if hasattr(client, "search_logged_models"):
            for model in pages(lambda t: client.search_logged_models([e.experiment_id], page_token=t)):
                result["models"][model.model_id] = model_contents(model, names, uri, wants_files)
    for model in pages(lambda t: client.search_registered_models(page_token=t)):
        versions = pages(lambda t: client.search_model_versions(f"name = '{model.name}'", page_token=t))
        result["registry"][model.name] = {
            "tags": model.tags, "description": model.description or None, "created": model.creation_timestamp,
            "aliases": {k: str(v) for k, v in model.aliases.items()},
            "versions": {str(v.version): version_contents(client, model.name, v) for v in versions},
        }
    return result


def differences(left, right, path=""):
    """Where two contents differ, one line each."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() | right.keys()):
            if key not in left or key not in right:
                yield f"{path}/{key}: only {'right' if key not in left else 'left'}"
            else:
                yield from differences(left[key], right[key], f"{path}/{key}")
    elif json.dumps(left) != json.dumps(right):
        yield f"{path}: {str(left)[:200]} | {str(right)[:200]}"


if __name__ == "__main__":
    json.dump(contents(sys.argv[1]), open(sys.argv[2], "w"), sort_keys=True)

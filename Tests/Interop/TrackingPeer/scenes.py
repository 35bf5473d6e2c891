"""Sequences of requests with a plot: what comes of them depends on what came before."""

import json

from searches import experiment_search, model_search, run_search, version_search, logged_search
from shapes import DATASET, ENDPOINTS, METRIC, T, bent, step

KEYS = ["a", "b/c", "d.e", "f g", "h-i", "j:k", "데이터", "_", "x" * 250]
BAD_KEYS = ["", "/a", "a//b", "../a", "a/..", ".", "..", "a/./b", "a/", "x" * 251, "a\u0000b", "a%b", "a\nb", "a;b", "a'b", " ", "a\\b", "😀"]
VALUES = ["", "v", "1", "x" * 500, "x" * 6000, "x" * 6001, "x" * 8001, "데이터", "a\nb", "'; DROP TABLE runs; --", " v ", "\u0000"]
NUMBERS = [0, 1, -1, 0.1, 1e-320, 1e308, -0.0, "NaN", "Infinity", "-Infinity", "1.5", 12345678901234567890, 1e400, "x", None, True]
INTS = [0, 1, -1, 5, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), "3", "-3", 1.0, 2.5, "x", None, T, T + 5]


def endpoint_scene(random, chosen):
    """One endpoint asked well once, and badly many times."""
    name, method, fields = chosen
    steps = [bent(random, name, method, fields) for _ in range(14)]
    steps.insert(random.randrange(14), step(name, method, fields))
    return steps


def mixed_scene(random):
    """Good requests of all kinds in any order, with things deleted and restored between them."""
    return [
        bent(random, *random.choice(ENDPOINTS)) if random.random() < 0.15 else good(random)
        for _ in range(16)
    ]


def good(random):
    name, method, fields = random.choice(ENDPOINTS)
    return step(name, method, fields)


def value_scene(random):
    """Names and values at the edges, written one at a time and in batches, and read back."""
    steps = []
    for _ in range(10):
        key = random.choice(KEYS + BAD_KEYS)
        kind = random.randrange(6)
        if kind == 0:
            steps.append(step("runs/log-parameter", "POST", {"run_id": "{{r}}", "key": key, "value": random.choice(VALUES)}))
        elif kind == 1:
            steps.append(step("runs/set-tag", "POST", {"run_id": "{{r}}", "key": key, "value": random.choice(VALUES)}))
        elif kind == 2:
            steps.append(step("runs/log-metric", "POST", {"run_id": "{{r}}", **metric(random, key)}))
            steps.append(step("metrics/get-history", "GET", {"run_id": "{{r}}", "metric_key": key}))
        elif kind == 3:
            where = random.choice(["experiments/set-experiment-tag", "registered-models/set-tag", "model-versions/set-tag"])
            owner = {"experiment_id": "{{e}}"} if "exp" in where else {"name": "{{n}}", "version": "1"}
            long = random.choice([*VALUES, "x" * 20_000, "x" * 20_001, "x" * 100_000, "x" * 100_001])
            steps.append(step(where, "POST", {**owner, "key": key, "value": long}))
        elif kind == 4:
            steps.append(step("runs/set-tag", "POST", {
                "run_id": "{{r}}", "key": "mlflow.runName", "value": random.choice(VALUES),
            }))
        else:
            steps.append(batch(random))
    return steps


def metric(random, key=None):
    made = {
        "key": key if key is not None else random.choice(KEYS), "value": random.choice(NUMBERS),
        "timestamp": random.choice([T, T, T + 1, *INTS]), "step": random.choice([0, 0, 1, *INTS]),
    }
    if random.random() < 0.2:
        made.pop("step")
    return made


def batch(random):
    """A log-batch of some size, now and then beyond a limit."""
    size = random.choice([0, 1, 3, 20, 99, 100, 101])
    pick = random.choice
    fields = {"run_id": pick(["{{r}}"] * 6 + ["{{gone}}", "0" * 32])}
    if random.random() < 0.7:
        good_values = random.random() < 0.7
        fields["metrics"] = [
            {**METRIC, "key": pick(KEYS), "value": i / 3, "step": i} if good_values else metric(random)
            for i in range(pick([0, 1, 5, 30, 1000, 1001]))
        ]
    if random.random() < 0.7:
        repeated = random.random() < 0.2
        fields["params"] = [{"key": f"p{i % 3 if repeated else i}", "value": pick(VALUES[:4])} for i in range(size)]
    if random.random() < 0.7:
        fields["tags"] = [{"key": f"t{i % 90}", "value": pick(VALUES)} for i in range(size)]
    return step("runs/log-batch", "POST", fields)


def metric_scene(random):
    """Points of one metric in any order, then all the ways to read them, in pages too."""
    points = [
        {"key": "z", "value": random.choice([0.5, 1, -2, "NaN", "Infinity", "-Infinity", random.random()]),
         "timestamp": T + random.randrange(4), "step": random.choice([-2, 0, 1, 2, 3, 10, 2**40])}
        for _ in range(random.choice([1, 4, 12, 60]))
    ]
    steps = [step("runs/log-batch", "POST", {"run_id": "{{r}}", "metrics": points + points[:2]})]
    steps += [step("runs/log-metric", "POST", {"run_id": "{{r2}}", **p}) for p in points[:3] * 2]
    limit = random.choice([1, 2, 3, 7, 100])
    steps.append(step("metrics/get-history", "GET", {
        "run_id": "{{r}}", "metric_key": "z", "max_results": limit}, save={"page": ["next_page_token"]}))
    for _ in range(3):
        steps.append(step("metrics/get-history", "GET", {
            "run_id": "{{r}}", "metric_key": "z", "max_results": limit, "page_token": "{{page}}",
        }, save={"page": ["next_page_token"]}))
    for _ in range(4):
        fields = {"run_ids": random.choice([["{{r}}"], ["{{r}}", "{{r2}}"], ["{{r2}}", "{{gone}}", "x"], ["{{r}}"] * 3])}
        fields["metric_key"] = random.choice(["z", "z", "loss", "none", ""])
        if random.random() < 0.6:
            fields["max_results"] = random.choice([1, 2, 3, 5, 2500, 0, 2501, "x"])
        if random.random() < 0.5:
            fields |= {"start_step": random.choice([0, -5, 1, 3]), "end_step": random.choice([0, 2, 10, 2**41, 1])}
        if random.random() < 0.1:
            fields.pop("end_step", None)
        steps.append(step("metrics/get-history-bulk-interval", "GET", fields))
    steps.append(step("/ajax-api/2.0/mlflow/metrics/get-history-bulk", "GET", {
        "run_id": ["{{r}}", "{{r2}}"], "metric_key": "z", "max_results": random.choice([100, 30000]),
    }, unordered="metrics"))
    steps.append(step("runs/get", "GET", {"run_id": "{{r2}}"}))
    return steps


def search_scene(random):
    """Searches over runs that differ in everything that can be searched."""
    steps = []
    # Runs that began at the same moment stand in the order of their ids, which are made at random.
    starts = random.sample(range(T + 3, T + 20), 6)
    for index, start in enumerate(starts):
        steps.append(step("runs/create", "POST", {
            "experiment_id": "{{e}}", "run_name": random.choice(["alpha", "Beta", "x%y", "Ünï"]),
            "start_time": start, "user_id": random.choice(["ann", "bob", ""]),
            "tags": [{"key": "team", "value": random.choice(["red", "Blue", "b_e", ""])}],
        }, save={f"s{index}": ["run", "info", "run_id"]}))
        steps.append(step("runs/log-batch", "POST", {
            "run_id": "{{s%d}}" % index,
            "metrics": [{"key": random.choice(["loss", "acc", "val/loss"]), "value": random.choice([0.5, 1, 2, "NaN", "Infinity", -3]),
                         "timestamp": T, "step": s} for s in range(3)],
            "params": [{"key": "depth", "value": random.choice(["3", "10", "Deep"])}],
        }))
        if random.random() < 0.4:
            steps.append(step("runs/update", "POST", {
                "run_id": "{{s%d}}" % index, "status": random.choice(["FINISHED", "FAILED", "KILLED", 1, 3]), "end_time": T + index,
            }))
    return steps + [run_search(random) for _ in range(18)]


def list_scene(random):
    """Searches of experiments, models, versions and logged models."""
    steps = []
    for index in range(4):
        steps.append(step("experiments/create", "POST", {
            "name": "{{en}} " + random.choice(["a", "B", "%", "_"]) + str(index),
            "tags": [{"key": "team", "value": random.choice(["red", "Blue"])}],
        }))
        steps.append(step("registered-models/create", "POST", {
            "name": "{{n}}-" + random.choice(["a", "B", "%", "_"]) + str(index),
            "tags": [{"key": "team", "value": random.choice(["red", "Blue"])}],
        }, save={"n2": ["registered_model", "name"]}))
        steps.append(step("model-versions/create", "POST", {
            "name": "{{n2}}", "source": "runs:/{{r}}/m", "run_id": "{{r}}",
            "tags": [{"key": "team", "value": random.choice(["red", "Blue"])}],
        }))
        steps.append(step("logged-models", "POST", {
            "experiment_id": "{{e}}", "name": random.choice(["tree", "Bush"]), "model_type": random.choice(["", "agent"]),
            "params": [{"key": "depth", "value": random.choice(["3", "4"])}],
        }, save={"m2": ["model", "info", "model_id"]}))
        steps.append(step("runs/log-metric", "POST", {
            "run_id": "{{r}}", **METRIC, "value": index / 2, "model_id": "{{m2}}", "dataset_name": "d", "dataset_digest": "1a",
        }))
    searches = [experiment_search, model_search, version_search, logged_search]
    return steps + [random.choice(searches)(random) for _ in range(20)]


def registry_scene(random):
    """Versions, stages and aliases that move."""
    pick = random.choice
    steps = []
    for _ in range(18):
        version = pick(["1", "2", "3", "1", "x", "0", "-1", "99", "01", "1.0", ""])
        name = pick(["{{n}}"] * 8 + ["none", "", "a/b", "a:b", " ", "{{n}} "])
        steps.append(pick([
            step("model-versions/create", "POST", {"name": name, "source": source(random), "run_id": pick(["{{r}}", "", "{{gone}}", "x"])}),
            step("model-versions/create", "POST", {"name": name, "source": "models:/{{n}}/" + version}),
            step("model-versions/create", "POST", {"name": name, "source": "models:/{{m}}", "model_id": pick(["{{m}}", "m-x", ""])}),
            step("model-versions/get", "GET", {"name": name, "version": version}),
            step("model-versions/get-download-uri", "GET", {"name": name, "version": version}),
            step("model-versions/delete", "DELETE", {"name": name, "version": version}),
            step("model-versions/update", "PATCH", {"name": name, "version": version, "description": pick(VALUES)}),
            step("model-versions/transition-stage", "POST", {
                "name": name, "version": version, "stage": pick(["Staging", "production", "ARCHIVED", "None", "none", "x", ""]),
                "archive_existing_versions": pick([True, False, False]),
            }),
            step("registered-models/alias", "POST", {
                "name": name, "version": version,
                "alias": pick(["best", "latest", "LATEST", "v1", "V12", "v1x", "a b", "a-b_c", "", "ü", "x" * 255, "x" * 256, "champion"]),
            }),
            step("registered-models/alias", "GET", {"name": name, "alias": pick(["best", "champion", "latest", "Latest", "none", "v1"])}),
            step("registered-models/alias", "DELETE", {"name": name, "alias": pick(["best", "champion", "latest", "none"])}),
            step("registered-models/get", "GET", {"name": name}),
            step("registered-models/get-latest-versions", "POST", {"name": name, "stages": pick([
                [], ["None"], ["Staging", "Production"], ["staging"], ["x"], ["Archived", "None"]])}),
            step("registered-models/create", "POST", {"name": name}),
            step("registered-models/rename", "POST", {"name": name, "new_name": pick(["{{n}}", "a/b", "", "{{n}}-new"])}),
            step("registered-models/delete", "DELETE", {"name": pick([name, "{{n}}-new"])}),
        ]))
    return steps


def source(random):
    return random.choice([
        "runs:/{{r}}/model", "runs:/{{gone}}/model", "runs:/{{r}}", "mlflow-artifacts:/{{e}}/{{r}}/artifacts/model", "s3://bucket/model",
        "mlflow-artifacts:/{{e}}/{{r}}/artifacts/../../x", "mlflow-artifacts:/other", "/etc", "file:///etc", "./x", "", "s3://b/../c",
        "http://host/x", "http://host/../x", "dbfs:/x", "models:/none/1", "models:/m-0", "s3://b/%2e%2e/c", "a b", "s3:x",
        "mlflow-artifacts:/{{e}}/{{r}}/artifacts", "mlflow-artifacts://host/{{e}}/{{r}}/artifacts/model", "file:x", "//a/b",
    ])


def logged_scene(random):
    """The life of a logged model."""
    pick = random.choice
    steps = []
    for _ in range(16):
        model = pick(["{{m}}"] * 6 + ["m-" + "0" * 32, "x", "{{r}}"])
        at = f"logged-models/{model}"
        steps.append(pick([
            step("logged-models", "POST", {"experiment_id": pick(["{{e}}", "{{gone_e}}", "0", "999999", ""]), "name": pick(KEYS + BAD_KEYS)}),
            step("logged-models", "POST", {"experiment_id": "{{e}}", "source_run_id": pick(["{{r}}", "{{gone}}", "x"]),
                                           "params": [{"key": pick(KEYS), "value": pick(VALUES)}]}),
            step(at, "GET", pick([{}, {"allow_deleted": "true"}, {"allow_deleted": "x"}])),
            step(at, "PATCH", {"model_id": model, "status": pick([
                "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED", "LOGGED_MODEL_PENDING", 1, 2, 3, 0, 9, "READY", None])}),
            step(at, "DELETE", {}),
            step(at + "/tags", "PATCH", {"tags": [{"key": pick(KEYS), "value": pick(VALUES)}, {"key": "mlflow.model", "value": "x"}]}),
            step(at + "/tags/" + pick(["team", "none", "a", "a%2Fb", "%ED%95%9C"]), "DELETE", {}),
            step(at + "/params", "POST", {"model_id": model, "params": [{"key": pick(KEYS), "value": pick(VALUES)}]}),
            step("runs/outputs", "POST", {"run_id": pick(["{{r}}", "{{gone}}", "x"]), "models": [
                {"model_id": model, "step": pick(INTS)}]}),
            step("runs/log-inputs", "POST", {"run_id": pick(["{{r}}", "{{gone}}"]), "models": [{"model_id": model}]}),
            step("runs/log-metric", "POST", {"run_id": "{{r}}", **METRIC, "model_id": model, "value": pick([1, 2, 3])}),
            step("runs/log-inputs", "POST", {"run_id": "{{r}}", "datasets": [{
                "dataset": {**DATASET, "name": pick(["d", "d2", "x" * 501, ""]), "digest": pick(["1a", "2b", "x" * 37])},
                "tags": [{"key": pick(["mlflow.data.context", "t", "x" * 256]), "value": pick(["train", "x" * 501])}],
            }]}),
            step(at + "/artifacts/directories", "GET", {"artifact_directory_path": pick(["", "folder", "folder/MLmodel", "..", "none"])}),
            {**step(f"/ajax-api/2.0/mlflow/{at}/artifacts/files", "GET", {"artifact_file_path": pick(["folder/MLmodel", "none", "../x", ""])}),
             "bytes": True},
        ]))
    return steps


def life_scene(random):
    """Things that are deleted, written to, restored and named again."""
    pick = random.choice
    steps = []
    for _ in range(18):
        run = pick(["{{r}}", "{{r}}", "{{gone}}", "0" * 32, "x", "../x", ""])
        experiment = pick(["{{e}}", "{{e}}", "{{gone_e}}", "999999", "x", "", "-1", "0x1", "1.5", "٣"])
        steps.append(pick([
            step("experiments/delete", "POST", {"experiment_id": experiment}),
            step("experiments/restore", "POST", {"experiment_id": experiment}),
            step("experiments/update", "POST", {"experiment_id": experiment, "new_name": pick(["{{u}}", "Default", "{{en}}", "", "x" * 501])}),
            step("experiments/set-experiment-tag", "POST", {"experiment_id": experiment, "key": "t", "value": "v"}),
            step("experiments/delete-experiment-tag", "POST", {"experiment_id": experiment, "key": pick(["team", "none"])}),
            step("experiments/create", "POST", {"name": pick(["{{en}}", "{{u}}", "Default", " ", "x" * 500, "x" * 501, "a\nb"]),
                                                "artifact_location": pick(["", "s3://b/x", "mlflow-artifacts:/a/../b", "s3://b/x#y", "s3://b?x=1"])}),
            step("experiments/get-by-name", "GET", {"experiment_name": pick(["{{en}}", "none", "Default", ""])}),
            step("runs/create", "POST", {"experiment_id": experiment, "run_name": pick(["", "a name", "x" * 9000]),
                                         "tags": [{"key": "mlflow.runName", "value": pick(["a name", "other", ""])}]}),
            step("runs/create", "POST", {"experiment_id": experiment, "tags": [{"key": pick(KEYS + BAD_KEYS), "value": pick(VALUES)}]}),
            step("runs/delete", "POST", {"run_id": run}),
            step("runs/restore", "POST", {"run_id": run}),
            step("runs/update", "POST", {"run_id": run, "status": pick(["FINISHED", "finished", "RUNNING", 2, 5, "x", 99]),
                                         "run_name": pick(["new name", ""]), "end_time": pick(INTS)}),
            step("runs/log-metric", "POST", {"run_id": run, **METRIC}),
            step("runs/log-parameter", "POST", {"run_id": run, "key": "depth", "value": pick(["3", "4"])}),
            step("runs/set-tag", "POST", {"run_id": run, "key": "t", "value": "v"}),
            step("runs/delete-tag", "POST", {"run_id": run, "key": pick(["team", "none", "mlflow.runName"])}),
            step("runs/get", "GET", {"run_id": run}),
            step("runs/log-model", "POST", {"run_id": run, "model_json": pick(["{}", "[]", "x", json.dumps({
                "artifact_path": "m2", "flavors": {"a": {}}, "utc_time_created": "2026-01-01", "run_id": "x"})])}),
            step("experiments/get", "GET", {"experiment_id": experiment}),
            step("experiments/search-datasets", "POST", {"experiment_ids": [experiment]}),
        ]))
    return steps

"""Every endpoint with a good request to it, and the ways in which a request is bent."""

import json

T = 1_700_000_000_000
KV = [{"key": "k", "value": "v"}]
METRIC = {"key": "m", "value": 0.5, "timestamp": T, "step": 1}
DATASET = {"name": "d", "digest": "1a", "source_type": "local", "source": "{}", "schema": "s", "profile": "p"}
# Name, method, path, good fields. `{{e}}`, `{{r}}`, `{{m}}` are the world's experiment, run and logged model, `{{n}}`
# is its registered model with the versions 1 and 2, and `{{u}}` is a text that nobody used before.
ENDPOINTS = [
    ("experiments/create", "POST", {"name": "{{u}}", "artifact_location": "mlflow-artifacts:/x", "tags": KV}),
    ("experiments/get", "GET", {"experiment_id": "{{e}}"}),
    ("experiments/get-by-name", "GET", {"experiment_name": "{{en}}"}),
    ("experiments/search", "POST", {"max_results": 5, "view_type": "ALL", "filter": "name = '{{en}}'", "order_by": ["name ASC"]}),
    ("experiments/search", "GET", {"max_results": 5, "view_type": "ALL", "filter": "name = '{{en}}'", "order_by": ["name ASC"]}),
    ("experiments/update", "POST", {"experiment_id": "{{e}}", "new_name": "{{u}}"}),
    ("experiments/delete", "POST", {"experiment_id": "{{e}}"}),
    ("experiments/restore", "POST", {"experiment_id": "{{e}}"}),
    ("experiments/set-experiment-tag", "POST", {"experiment_id": "{{e}}", "key": "t", "value": "v"}),
    ("experiments/delete-experiment-tag", "POST", {"experiment_id": "{{e}}", "key": "team"}),
    ("experiments/search-datasets", "POST", {"experiment_ids": ["{{e}}"]}),
    ("runs/create", "POST", {"experiment_id": "{{e}}", "user_id": "ann", "run_name": "made", "start_time": T, "tags": KV}),
    ("runs/get", "GET", {"run_id": "{{r}}", "run_uuid": "{{r}}"}),
    ("runs/update", "POST", {"run_id": "{{r}}", "status": "FINISHED", "end_time": T + 1000, "run_name": "renamed"}),
    ("runs/delete", "POST", {"run_id": "{{r}}"}),
    ("runs/restore", "POST", {"run_id": "{{r}}"}),
    ("runs/set-tag", "POST", {"run_id": "{{r}}", "key": "t", "value": "v"}),
    ("runs/delete-tag", "POST", {"run_id": "{{r}}", "key": "team"}),
    ("runs/log-parameter", "POST", {"run_id": "{{r}}", "key": "p", "value": "v"}),
    ("runs/log-metric", "POST", {"run_id": "{{r}}", **METRIC}),
    ("runs/log-batch", "POST", {"run_id": "{{r}}", "metrics": [METRIC], "params": KV, "tags": KV}),
    ("runs/log-inputs", "POST", {
        "run_id": "{{r}}", "datasets": [{"dataset": DATASET, "tags": KV}], "models": [{"model_id": "{{m}}"}],
    }),
    ("runs/outputs", "POST", {"run_id": "{{r}}", "models": [{"model_id": "{{m}}", "step": 3}]}),
    ("runs/log-model", "POST", {"run_id": "{{r}}", "model_json": json.dumps({
        "artifact_path": "model", "flavors": {}, "utc_time_created": "2026-01-01", "run_id": "x",
    })}),
    ("runs/search", "POST", {
        "experiment_ids": ["{{e}}"], "filter": "params.depth = '3'", "run_view_type": "ALL", "max_results": 5,
        "order_by": ["metrics.loss DESC"],
    }),
    ("metrics/get-history", "GET", {"run_id": "{{r}}", "metric_key": "loss", "max_results": 3}),
    ("metrics/get-history-bulk-interval", "GET", {
        "run_ids": ["{{r}}", "{{r2}}"], "metric_key": "loss", "start_step": 0, "end_step": 9, "max_results": 4,
    }),
    ("/ajax-api/2.0/mlflow/metrics/get-history-bulk", "GET", {
        "run_id": ["{{r}}"], "metric_key": "loss", "max_results": 4,
    }),
    ("artifacts/list", "GET", {"run_id": "{{r}}", "path": "folder"}),
    ("registered-models/create", "POST", {"name": "{{u}}", "tags": KV, "description": "words"}),
    ("registered-models/get", "GET", {"name": "{{n}}"}),
    ("registered-models/rename", "POST", {"name": "{{n}}", "new_name": "{{u}}"}),
    ("registered-models/update", "PATCH", {"name": "{{n}}", "description": "other words"}),
    ("registered-models/delete", "DELETE", {"name": "{{n}}"}),
    ("registered-models/search", "GET", {"filter": "name LIKE '{{n}}%'", "max_results": 5, "order_by": ["name ASC"]}),
    ("registered-models/get-latest-versions", "POST", {"name": "{{n}}", "stages": ["None", "Staging"]}),
    ("registered-models/get-latest-versions", "GET", {"name": "{{n}}", "stages": ["None"]}),
    ("registered-models/set-tag", "POST", {"name": "{{n}}", "key": "t", "value": "v"}),
    ("registered-models/delete-tag", "DELETE", {"name": "{{n}}", "key": "team"}),
    ("registered-models/alias", "POST", {"name": "{{n}}", "alias": "best", "version": "1"}),
    ("registered-models/alias", "GET", {"name": "{{n}}", "alias": "champion"}),
    ("registered-models/alias", "DELETE", {"name": "{{n}}", "alias": "champion"}),
    ("model-versions/create", "POST", {
        "name": "{{n}}", "source": "runs:/{{r}}/model", "run_id": "{{r}}", "tags": KV, "run_link": "http://here/x",
        "description": "words",
    }),
    ("model-versions/create", "POST", {"name": "{{n}}", "source": "models:/{{m}}", "model_id": "{{m}}"}),
    ("model-versions/get", "GET", {"name": "{{n}}", "version": "1"}),
    ("model-versions/update", "PATCH", {"name": "{{n}}", "version": "1", "description": "other words"}),
    ("model-versions/transition-stage", "POST", {
        "name": "{{n}}", "version": "1", "stage": "Production", "archive_existing_versions": True,
    }),
    ("model-versions/delete", "DELETE", {"name": "{{n}}", "version": "1"}),
    ("model-versions/search", "GET", {"filter": "name = '{{n}}'", "max_results": 5, "order_by": ["version_number ASC"]}),
    ("model-versions/get-download-uri", "GET", {"name": "{{n}}", "version": "1"}),
    ("model-versions/set-tag", "POST", {"name": "{{n}}", "version": "1", "key": "t", "value": "v"}),
    ("model-versions/delete-tag", "DELETE", {"name": "{{n}}", "version": "1", "key": "team"}),
    ("logged-models", "POST", {
        "experiment_id": "{{e}}", "name": "tree", "model_type": "agent", "source_run_id": "{{r}}", "params": KV, "tags": KV,
    }),
    ("logged-models/{{m}}", "GET", {"allow_deleted": "true"}),
    ("logged-models/{{m}}", "PATCH", {"model_id": "{{m}}", "status": "LOGGED_MODEL_READY"}),
    ("logged-models/{{m}}", "DELETE", {}),
    ("logged-models/{{m}}/tags", "PATCH", {"tags": KV}),
    ("logged-models/{{m}}/tags/team", "DELETE", {}),
    ("logged-models/{{m}}/params", "POST", {"model_id": "{{m}}", "params": KV}),
    ("logged-models/search", "POST", {
        "experiment_ids": ["{{e}}"], "filter": "name = 'tree'", "datasets": [{"dataset_name": "d", "dataset_digest": "1a"}],
        "max_results": 5, "order_by": [{"field_name": "name", "ascending": True}],
    }),
    ("logged-models/{{m}}/artifacts/directories", "GET", {"artifact_directory_path": "folder"}),
]
WRONG = [
    None, "", " ", "x", "0", "-1", "12", "1e3", "1.0", "true", "NaN", 0, 1, -1, 7, 1.0, 1.5, -0.0, 1e300, 2**31, 2**63,
    -(2**63), 2**64, True, False, [], {}, [None], [1], ["x"], [["x"]], [{}], {"a": 1}, {"key": "k"}, [{"key": "k"}],
    [{"key": "k", "value": 1}], [{"key": None, "value": "v"}], [{"k": "k"}], "a/b", "../x", "a\u0000b", "\ud800", "데이터",
    "𝔘", "é", "e\u0301", "x" * 300, "y" * 9000, "' OR 1=1 --", "%2e%2e", "a\nb", "a b", "a:b", "{{r}}", "{{gone}}", "999999",
]
BODIES = [
    "", "null", "[]", "{}", "1", "true", '"x"', '""', '"{}"', "{", "{'a': 1}", "\ufeff{}", '{"a": NaN}', '{"run_id": Infinity}',
    '{"a": 1, "a": 2}', "[" * 2000 + "]" * 2000, '{"a":' * 300 + "1" + "}" * 300, '"\\"{}\\""', '[{"run_id": "x"}]', "\u0000", "{}{}",
]


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(word.title() for word in rest)


def step(name, method, fields, **more):
    """One request; a GET's fields stand in the query."""
    made = {"name": f"{method} {name}", "method": method, "path": name, **more}
    if method == "GET":
        pairs = []
        for key, value in fields.items():
            values = value if isinstance(value, list) else [value]
            pairs += [(key, plain(v)) for v in values if not isinstance(v, (dict, list))]
        made["query"] = pairs
    else:
        made["body"] = fields
    return made


def plain(value):
    """A value as a query has it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def leaves(value, path=()):
    """The places of all fields of a request, those within included."""
    if isinstance(value, dict):
        for key in value:
            yield (*path, key)
            yield from leaves(value[key], (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from leaves(value[0], (*path, 0))


def place(fields, path, change):
    """A copy of the fields in which the one at a path is changed: `change(owner, key)`."""
    copy = json.loads(json.dumps(fields))
    owner = copy
    for word in path[:-1]:
        owner = owner[word]
    change(owner, path[-1])
    return copy


def bent(random, name, method, fields):
    """The request with one thing wrong or odd in it."""
    paths = list(leaves(fields))
    kind = random.choice(["wrong"] * 7 + ["absent"] * 3 + ["camel", "twice", "unknown", "text", "body", "double", "type", "query"])
    if not paths and kind not in {"body", "type"}:
        kind = "unknown"
    path = random.choice(paths) if paths else ()
    if kind == "absent":
        return step(name, method, place(fields, path, lambda o, k: o.pop(k)))
    if kind == "wrong":
        value = random.choice(WRONG)
        return step(name, method, place(fields, path, lambda o, k: o.update({k: value}) if isinstance(o, dict) else None))
    if kind == "camel":
        return step(name, method, place(fields, path, lambda o, k: o.update({camel(k): o.pop(k)})))
    if kind == "twice":
        return step(name, method, place(fields, path, lambda o, k: o.update({camel(k): o[k]})))
    if kind == "text":
        return step(name, method, place(fields, path, lambda o, k: o.update({k: plain(o[k])})))
    if kind == "unknown":
        return step(name, method, {**fields, "unheard_of": random.choice(WRONG)})
    if kind == "double":
        return step(name, method, {}, raw=json.dumps(json.dumps(fields)))
    if kind == "type":
        kinds = ["text/plain", "application/json; charset=utf-8", "application/x-www-form-urlencoded", "", "application/jsonx"]
        return step(name, method, fields, headers={"Content-Type": random.choice(kinds)})
    if kind == "query":
        # What belongs into the query in the body, and the other way round.
        if method == "GET":
            return {"name": f"GET {name}", "method": "GET", "path": name, "body": fields}
        return {**step(name, method, {}), "query": [(k, plain(v)) for k, v in fields.items() if not isinstance(v, (dict, list))]}
    return {"name": f"{method} {name}", "method": method, "path": name, "raw": random.choice(BODIES)}

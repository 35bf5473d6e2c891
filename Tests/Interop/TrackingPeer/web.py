"""Artifacts through the proxy, GraphQL, and what stands around the API."""

import json

from shapes import step

FILES = "/api/2.0/mlflow-artifacts/artifacts"
PATHS = [
    "a.txt", "folder/b%20c.json", "%ED%95%9C.txt", "x%2520y", "deep/er/c.html", "d.png", "noext", "e.PY", "f.yaml", "MLmodel", "g;h", "i%3Fj", "k%23l", "m+n", "o%26p", "q'r", "s%22t",
    "%2e%2e/x", "..%2fx", "%252e%252e/x", "/abs", "//abs", "C%3A/x", "a/%2e%2e/b", "a//b", ".", "%00", "a%00b", "a%5Cb", "%ff", "x" * 256, "a/../../x", "file%3A/x", "a%0Ab", "tail/",
]
BODIES = ["", "words\n", "{}", "\x00\xff\xfe", "x" * 70_000]
QUERIES = {
    "MlflowGetExperimentQuery": (
        "query MlflowGetExperimentQuery($input: MlflowGetExperimentInput!) { mlflowGetExperiment(input: $input) { apiError { code message } "
        "experiment { artifactLocation creationTime experimentId lastUpdateTime lifecycleStage name tags { key value } } } }"
    ),
    "GetRun": (
        "query GetRun($data: MlflowGetRunInput!) { mlflowGetRun(input: $data) { apiError { code message } run { "
        "info { runName runUuid experimentId userId status startTime endTime artifactUri lifecycleStage } "
        "experiment { experimentId name tags { key value } artifactLocation lifecycleStage lastUpdateTime } "
        "modelVersions { name version status source } data { metrics { key value step timestamp } params { key value } tags { key value } } "
        "inputs { datasetInputs { dataset { digest name profile schema source sourceType } tags { key value } } modelInputs { modelId } } "
        "outputs { modelOutputs { modelId step } } } } }"
    ),
    "SearchRuns": (
        "query SearchRuns($data: MlflowSearchRunsInput!) { mlflowSearchRuns(input: $data) { apiError { code message } runs { "
        "info { runName runUuid } data { params { key value } } } } }"
    ),
    "GetMetricHistoryBulkInterval": (
        "query GetMetricHistoryBulkInterval($data: MlflowGetMetricHistoryBulkIntervalInput!) { mlflowGetMetricHistoryBulkInterval(input: $data) { "
        "metrics { key value timestamp step runId } apiError { code message } } }"
    ),
}


def file_step(method, path, **more):
    made = {"name": f"{method} mlflow-artifacts", "method": method, "path": path, **more}
    return made if method == "PUT" else {**made, "bytes": True}


def artifact_scene(random):
    """Files that go up, are listed, ranged, downloaded and deleted, under names good and bad."""
    pick = random.choice
    root = "{{e}}/{{r}}/artifacts"
    steps = []
    for _ in range(5):
        path = pick(PATHS)
        at = f"{FILES}/{root}/{path}"
        steps.append(file_step("PUT", at, data=pick(BODIES)))
        steps.append(file_step("GET", at))
        steps.append(file_step("GET", at, headers={"Range": pick(["bytes=0-1", "bytes=2-", "bytes=-3", "bytes=99999999-", "bytes=x", "bytes=1-0", "items=0-1", "bytes=0-1,3-4"])}))
        plain = path.replace("%20", " ")
        steps.append(step("artifacts/list", "GET", {"run_id": "{{r}}", "path": pick(["", "folder", "deep", "a.txt", "none", "..", "/", plain])}))
        steps.append({**step("/get-artifact", "GET", {"run_id": pick(["{{r}}", "x", "{{gone}}"]), "path": pick(["folder/a.txt", "b.json", "none", "../x", "folder", "", plain])}), "bytes": True})
    for _ in range(4):
        steps.append(pick([
            {"name": "GET mlflow-artifacts", "method": "GET", "path": FILES, "query": [("path", pick([root, root + "/folder", root + "/none", "..", "/", "", "{{e}}", root + "/folder/a.txt"]))]},
            {"name": "DELETE mlflow-artifacts", "method": "DELETE", "path": f"{FILES}/{root}/{pick(['folder', 'b.json', 'none', '%2e%2e', 'folder/a.txt'])}"},
            file_step("GET", f"{FILES}/{root}/folder"),
            {**step("/model-versions/get-artifact", "GET", {"name": pick(["{{n}}", "none"]), "version": pick(["1", "9", "x"]), "path": pick(["MLmodel", "../x", "folder/MLmodel"])}), "bytes": True},
            {"name": "POST upload-artifact", "method": "POST", "path": "/ajax-api/2.0/mlflow/upload-artifact",
             "query": [("run_uuid", pick(["{{r}}", "x", ""])), ("path", pick(["up/load.txt", "../x", "", "a"]))], "data": pick(BODIES)},
        ]))
    return [*steps, step("artifacts/list", "GET", {"run_id": "{{r}}"})]


def graph_scene(random):
    """The operations of the pages, with ids good and bad."""
    pick = random.choice
    steps = []
    for _ in range(8):
        operation = pick(list(QUERIES))
        variables = pick({
            "MlflowGetExperimentQuery": [{"input": {"experimentId": e}} for e in ["{{e}}", "{{gone_e}}", "999999", "x", "", None]] + [{}, {"input": {}}],
            "GetRun": [{"data": {"runId": r}} for r in ["{{r}}", "{{r}}", "{{r2}}", "{{gone}}", "x", "", None, 5]] + [{}],
            "SearchRuns": [{"data": {"experimentIds": ["{{e}}"], "maxResults": m, "orderBy": ["start_time ASC"], "filter": f}} for m in [1, 5] for f in ["", "params.depth = '3'", "x"]],
            "GetMetricHistoryBulkInterval": [{"data": {"runIds": ids, "metricKey": "loss", "maxResults": m}} for ids in [["{{r}}", "{{r2}}"], [], ["x"]] for m in [3, 100]],
        }[operation])
        steps.append({"name": f"POST graphql {operation}", "method": "POST", "path": "/graphql", "body": {
            "operationName": operation, "query": QUERIES[operation], "variables": variables}})
    steps.append({"name": "POST graphql", "method": "POST", "path": "/graphql", "raw": pick(["{}", "", "x", "[]", json.dumps({"query": "{", "operationName": "x"})])})
    return steps


def around_scene(random):
    """Methods and paths that are there, and that are not."""
    pick = random.choice
    asked = [("GET", "/health"), ("GET", "/version"), ("GET", "/api/3.0/mlflow/server-info"), ("GET", "/ajax-api/3.0/mlflow/server-info"),
             ("GET", "/none"), ("POST", "/none"), ("GET", "/api/2.0/mlflow/none/none"), ("POST", "/api/2.0/mlflow/runs/none"), ("DELETE", "/api/2.0/mlflow/runs/get"),
             ("POST", "/api/2.0/mlflow/runs/get"), ("GET", "/api/2.0/mlflow/runs/create"), ("PUT", "/api/2.0/mlflow/runs/search"), ("HEAD", "/health"),
             ("OPTIONS", "/api/2.0/mlflow/runs/search"), ("GET", "/api/2.0/mlflow/runs/get/"), ("GET", "/api/2.0//mlflow/runs/get"), ("GET", "/api/9.0/mlflow/runs/get"),
             ("GET", "/API/2.0/mlflow/runs/get"), ("PATCH", "/api/2.0/mlflow/logged-models/{{m}}/none"), ("GET", "/ajax-api/2.0/mlflow/runs/get"), ("POST", "/health")]
    return [{"name": f"{m} {p}", "method": m, "path": p, "bytes": True} for m, p in random.sample(asked, 12)]

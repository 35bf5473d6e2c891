/// The program that answers requests with MLflow's own server, for the peers' Python: it reads the requests of
/// `request.json` and leaves status and body of each answer.
///
/// Its clock stands still within a request: at ``start`` plus the request's number.
enum RegistryPeer {
  /// Milliseconds.
  static let start: Int64 = 1_000_000

  static let script = #"""
    import json
    import logging
    import os
    import re
    import urllib.parse
    import warnings

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    os.environ["_MLFLOW_SERVER_FILE_STORE"] = f"sqlite:///{folder}/mlflow.db"
    os.environ["_MLFLOW_SERVER_ARTIFACT_ROOT"] = "mlflow-artifacts:/"
    os.environ["_MLFLOW_SERVER_SERVE_ARTIFACTS"] = "true"
    os.environ["_MLFLOW_SERVER_ARTIFACT_DESTINATION"] = f"{folder}/artifacts"
    os.environ["MLFLOW_TRACKING_URI"] = f"sqlite:///{folder}/mlflow.db"
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

    import mlflow
    import mlflow.store.model_registry.sqlalchemy_store as registry
    import mlflow.store.tracking.sqlalchemy_store as tracking
    from mlflow.server import app

    now = [0]
    for module in (registry, tracking):
        module.get_current_time_millis = lambda: now[0]
    client = app.test_client()
    client.testing = False
    names = {}


    def filled(text):
        return re.sub(r"\{\{(\w+)\}\}", lambda m: names.get(m[1], m[0]), text)


    def answer(step):
        url = "/api/2.0/mlflow/" + filled(step["path"])
        if step["query"] is not None:
            url += "?" + filled(step["query"])
        body = None if step["body"] is None else filled(step["body"])
        response = client.open(url, method=step["method"], data=body, content_type="application/json")
        try:
            found = json.loads(response.get_data(as_text=True))
        except ValueError:
            found = {"text": response.get_data(as_text=True)[:300]}
        if step["save"] and response.status_code == 200:
            value = found
            for key in step["save"][1:]:
                value = value.get(key) if value else None
            if value:
                names[step["save"][0]] = value
        return {"status": response.status_code, "body": found}


    answers = []
    for index, step in enumerate(json.load(open("request.json"))):
        now[0] = 1_000_000 + index
        answers.append(answer(step))
    json.dump({"answers": answers, "names": names}, open("result.json", "w"))

    """#
}

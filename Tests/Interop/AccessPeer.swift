/// MLflow's own basic-auth app, for the peers' Python: it answers the requests of `request.json` one after the other.
enum AccessPeer {
  static let script = start + answering

  /// What it asks before each request, by the request's path and method: the name of the check.
  static let rules =
    start
      + #"""
      auth = mlflow.server.auth
      tables = {**auth.BEFORE_REQUEST_VALIDATORS}
      for (pattern, method), check in auth.LOGGED_MODEL_BEFORE_REQUEST_VALIDATORS.items():
          if check:
            tables[(pattern.pattern.replace("([^/]+)", "{}"), method)] = check
      rules = {f"{method} {path}": check.__name__ for (path, method), check in tables.items() if check}
      rules |= {f"GET {prefix}/3.0{suffix}": "public"
          for prefix in ("/api", "/ajax-api") for suffix in auth._PUBLIC_ROUTE_SUFFIXES}
      rules |= {f"{method} {path}": "filtered"
          for (path, method), handler in auth.AFTER_REQUEST_HANDLERS.items()
          if handler in auth._SELF_AUTHORIZING_AFTER_REQUEST_HANDLERS
          and f"{method} {path}" not in rules}
      rules |= {f"{method} {path}": "itself" for method in ("GET", "POST")
          for path in ("/api/2.0/mlflow/runs/search", "/ajax-api/2.0/mlflow/runs/search")}
      json.dump(rules, open("result.json", "w"))
      """#

  private static let start = #"""
    import base64
    import json
    import logging
    import os
    import sys
    import types

    logging.disable(logging.CRITICAL)
    PASSWORD = "a long enough password"
    with open("auth.ini", "w") as ini:
        ini.write(
            f"""[mlflow]
    default_permission = READ
    database_uri = sqlite:///{folder}/basic_auth.db
    admin_username = admin
    admin_password = {PASSWORD}
    authorization_function = mlflow.server.auth:authenticate_request_basic_auth
    auth_cache_ttl_seconds = 3600
    """.replace("\n    ", "\n")
        )
    os.environ.update(
        MLFLOW_AUTH_CONFIG_PATH=f"{folder}/auth.ini",
        MLFLOW_FLASK_SERVER_SECRET_KEY="x" * 32,
        _MLFLOW_SERVER_FILE_STORE=f"sqlite:///{folder}/mlflow.db",
        _MLFLOW_SERVER_ARTIFACT_ROOT="mlflow-artifacts:/",
        _MLFLOW_SERVER_SERVE_ARTIFACTS="true",
        _MLFLOW_SERVER_ARTIFACT_DESTINATION=f"{folder}/artifacts",
    )
    os.environ.pop("MLFLOW_TRACKING_URI", None)


    # Only the page to sign up uses it, which is not asked for here.
    class CSRFProtect:
        def __init__(self, *args):
            pass

        init_app = exempt = protect = lambda self, *args: None


    csrf = types.ModuleType("flask_wtf.csrf")
    csrf.CSRFProtect = CSRFProtect
    sys.modules["flask_wtf"] = types.ModuleType("flask_wtf")
    sys.modules["flask_wtf.csrf"] = csrf

    import mlflow.server
    import mlflow.server.auth

    mlflow.server.auth.create_app(mlflow.server.app)


    """#

  private static let answering = #"""
    client = mlflow.server.app.test_client()
    saved = {}


    def fill(text):
        for name, value in saved.items():
            text = text.replace(f"${name}", value)
        return text


    def answer(step):
        headers = {}
        if step["user"]:
            word = f"{step['user']}:{step['password'] or PASSWORD}"
            headers["Authorization"] = "Basic " + base64.b64encode(word.encode()).decode()
        # As it is written: Flask's own client would sort the names.
        body = {"data": fill(json.dumps(step["body"])), "content_type": "application/json"}
        if step["body"] is None:
            body = {}
        reply = client.open(
            fill(step["path"]), method=step["method"], headers=headers,
            query_string=fill(step["query"]), **body
        )
        text = reply.get_data(as_text=True)
        try:
            found = json.loads(text)
        except ValueError:
            found = text
        if step["save"]:
            value = found
            for key in step["save"][1:]:
                value = value[key]
            saved[step["save"][0]] = str(value)
        return {"status": reply.status_code, "json": found}


    steps = json.load(open("request.json"))
    json.dump([answer(step) for step in steps], open("result.json", "w"))
    """#
}

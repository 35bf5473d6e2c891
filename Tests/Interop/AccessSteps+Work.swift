import Formats

extension AccessSteps {
  /// What was granted to `bo`, on what of the others' things.
  typealias Grants = [(kind: String, id: String, level: String)]

  private static let two = "/api/2.0/mlflow/"
  private static let proxy = "/api/2.0/mlflow-artifacts/artifacts"

  /// What a user may do with others' experiments, runs and logged models, whatever was granted.
  mutating func experiments() {
    let two = Self.two
    begin()
    var cases: [Grants] = [[], [("experiment", "$exp", "USE")]]
    for level in ["READ", "EDIT", "MANAGE", "DENY"] {
      for (kind, id) in [("experiment", "$exp"), ("run", "*"), ("logged_model", "*")] {
        cases.append([(kind, id, level)])
      }
    }
    let own = ("experiment", "$exp")
    for (kind, level) in [
      ("run", "DENY"), ("run", "EDIT"), ("logged_model", "DENY"), ("logged_model", "EDIT"),
      ("trace", "DENY"), ("scorer", "EDIT"),
    ] { cases.append([(own.0, own.1, "MANAGE"), (kind, "*", level)]) }
    cases.append([("experiment", "*", "DENY")])
    cases.append([("experiment", "$exp", "DENY"), ("run", "*", "MANAGE")])
    for (index, grants) in cases.enumerated() {
      let model: JSONValue = [
        "experiment_id": "$exp", "name": "l", "source_run_id": "$run",
      ]
      add(
        "ana", "POST", two + "logged-models", model, save: ["lm", "model", "info", "model_id"],
        as: .status)
      with(grants) { steps in
        steps.readExperiments()
        steps.writeExperiments(index)
        steps.artifacts()
      }
      for verb in ["experiments/restore", "runs/restore"] {
        add(
          "admin", "POST", two + verb, ["experiment_id": "$exp", "run_id": "$run"], as: .status)
      }
    }
  }

  private mutating func begin() {
    let two = Self.two
    add(
      "ana", "POST", two + "experiments/create", ["name": "mine"], save: ["exp", "experiment_id"],
      as: .status)
    add(
      "ana", "POST", two + "runs/create", ["experiment_id": "$exp"],
      save: ["run", "run", "info", "run_id"], as: .status)
    let path = Self.proxy + "/$exp/$run/artifacts/a/b.txt"
    add("ana", "PUT", path, "text", as: .status)
  }

  /// Does something while something is granted to `bo`.
  mutating func with(_ grants: Grants, _ body: (inout AccessSteps) -> Void) {
    func json(_ grant: Grants.Element) -> JSONValue {
      [
        "username": "bo", "resource_type": .string(grant.kind),
        "resource_id": .string(grant.id), "permission": .string(grant.level),
      ]
    }
    let path = "/api/3.0/mlflow/users/permissions/"
    for grant in grants { add("admin", "POST", path + "grant", json(grant)) }
    body(&self)
    // What was granted on a model goes with it.
    for grant in grants { add("admin", "POST", path + "revoke", json(grant), as: .status) }
  }

  private mutating func readExperiments() {
    let two = Self.two
    for (verb, query) in [
      ("experiments/get", "experiment_id=$exp"),
      ("experiments/get-by-name", "experiment_name=mine"),
      ("experiments/get-by-name", "experiment_name=none"), ("runs/get", "run_id=$run"),
      ("runs/get", "run_uuid=$run"), ("metrics/get-history", "run_id=$run&metric_key=m"),
      ("artifacts/list", "run_id=$run"),
      ("runs/get", "run_id=" + String(repeating: "0", count: 32)), ("logged-models/$lm", ""),
      ("logged-models/$lm/artifacts/directories", ""), ("logged-models/m-none", ""),
    ] { add("bo", "GET", two + verb, query: query, as: .names) }
    for (path, query) in [
      ("/get-artifact", "run_id=$run&path=a/b.txt"),
      ("/ajax-api/2.0/mlflow/metrics/get-history-bulk", "run_id=$run&metric_key=m"),
      (
        "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval",
        "run_ids=$run&metric_key=m&max_results=5"
      ), ("/ajax-api/2.0/mlflow/gateway-proxy", "gateway_path=api/2.0/endpoints/"),
      ("/ajax-api/3.0/mlflow/server-info", ""), ("/ajax-api/3.0/mlflow/ui-telemetry", ""),
    ] { add("bo", "GET", path, query: query, as: .status) }
    let ids: JSONValue = ["experiment_ids": ["$exp"], "max_results": 50]
    add("bo", "POST", two + "runs/search", ids, as: .names)
    add("bo", "POST", two + "logged-models/search", ids, as: .names)
    add(
      "bo", "POST", two + "logged-models/search",
      ["experiment_ids": ["$exp"], "filter": "source_run_id = '$run'"], as: .status)
    add(
      "bo", "POST", "/ajax-api" + two.dropFirst(4) + "experiments/search-datasets", ids, as: .status
    )
    add("bo", "POST", two + "experiments/search", ["max_results": 100], as: .names)
  }

  private mutating func writeExperiments(_ index: Int) {
    let two = Self.two
    func all(_ more: JSONValue = [:]) -> JSONValue {
      .object(
        [.init("run_id", "$run"), .init("experiment_id", "$exp")] + (more.members ?? []))
    }
    let metric: JSONValue = ["key": "m", "value": 1, "timestamp": 1, "step": 0]
    let ofModel: JSONValue = [
      "key": "n", "value": 1, "timestamp": 1, "step": 0, "model_id": "$lm",
    ]
    for (verb, body) in [
      ("experiments/create", ["name": .string("of bo \(index)")]),
      ("experiments/update", all(["new_name": "mine"])),
      ("experiments/set-experiment-tag", all(["key": "k", "value": "v"])),
      ("experiments/delete-experiment-tag", all(["key": "k"])),
      ("runs/create", ["experiment_id": "$exp"]), ("runs/update", all(["status": "RUNNING"])),
      ("runs/log-metric", all(metric)), ("runs/log-metric", all(ofModel)),
      ("runs/log-parameter", all(["key": "p", "value": "1"])),
      ("runs/log-batch", all(["metrics": [metric], "params": [], "tags": []])),
      ("runs/log-batch", all(["metrics": [ofModel], "params": [], "tags": []])),
      ("runs/log-inputs", all(["datasets": [], "models": [["model_id": "$lm"]]])),
      ("runs/outputs", all(["models": [["model_id": "$lm", "step": 0]]])),
      ("runs/set-tag", all(["key": "k", "value": "v"])), ("runs/delete-tag", all(["key": "k"])),
      ("logged-models", ["experiment_id": "$exp", "name": "n"]),
      ("logged-models", ["experiment_id": "$exp", "name": "n", "source_run_id": "$run"]),
      ("logged-models/$lm/params", ["model_id": "$lm", "params": [["key": "p", "value": "1"]]]),
    ] { add("bo", "POST", two + verb, body, as: .status) }
    let tags: JSONValue = ["tags": [["key": "t", "value": "v"]]]
    add("bo", "PATCH", two + "logged-models/$lm/tags", tags, as: .status)
    add("ana", "PATCH", two + "logged-models/$lm/tags", tags, as: .status)
    add("bo", "DELETE", two + "logged-models/$lm/tags/t", as: .status)
    add(
      "bo", "PATCH", two + "logged-models/$lm",
      ["model_id": "$lm", "status": "LOGGED_MODEL_READY"],
      as: .status)
    add("bo", "DELETE", two + "logged-models/$lm", as: .status)
    for verb in ["runs/delete", "runs/restore", "experiments/delete", "experiments/restore"] {
      add("bo", "POST", two + verb, all(), as: .status)
    }
  }

  /// Files through the server: of the run, of a model, of the experiment itself.
  private mutating func artifacts() {
    for path in ["$exp/$run/artifacts/a/b.txt", "$exp/models/m-1/artifacts/x", "$exp/plain.txt"] {
      add("bo", "PUT", Self.proxy + "/" + path, "text", as: .status)
      add("ana", "PUT", Self.proxy + "/" + path, "text", as: .status)
      add("bo", "GET", Self.proxy + "/" + path, as: .status)
    }
    for path in ["$exp", "$exp/$run", "$exp/models", "$exp/traces/t", "$exp/other"] {
      add("bo", "GET", Self.proxy, query: "path=\(path)", as: .status)
    }
    for path in [
      "$exp/$run/artifacts/a/b.txt", "$exp/models/m-1/artifacts/x", "$exp/plain.txt",
    ] { add("bo", "DELETE", Self.proxy + "/" + path, as: .status) }
    add("ana", "PUT", Self.proxy + "/$exp/$run/artifacts/a/b.txt", "text", as: .status)
  }
}

import Formats

extension AccessSteps {
  /// What a user may do with another's experiment, run and model, at every level that they may be granted.
  mutating func work() {
    let two = "/api/2.0/mlflow/"
    add(
      "ana", "POST", two + "experiments/create", ["name": "mine"], save: ["exp", "experiment_id"],
      .status)
    add(
      "ana", "POST", two + "runs/create", ["experiment_id": "$exp"],
      save: ["run", "run", "info", "run_id"],
      .status)
    add("ana", "POST", two + "registered-models/create", ["name": "m"], .status)
    add("ana", "GET", "/api/3.0/mlflow/users/current/permissions", .status)
    for kind in ["experiment", "run", "registered_model"] {
      let id = kind == "experiment" ? "$exp" : kind == "run" ? "*" : "m"
      for level in ["", "READ", "USE", "EDIT", "MANAGE", "DENY"] {
        let grant: JSONValue = [
          "username": "bo", "resource_type": .string(kind), "resource_id": .string(id),
          "permission": .string(level),
        ]
        if !level.isEmpty { add("admin", "POST", "/api/3.0/mlflow/users/permissions/grant", grant) }
        if kind == "registered_model" { models() } else { runs() }
        if !level.isEmpty {
          add("admin", "POST", "/api/3.0/mlflow/users/permissions/revoke", grant)
        }
      }
    }
    add("bo", "POST", two + "experiments/create", ["name": "of bo"], .status)
    add("bo", "POST", two + "experiments/create", ["name": "mine"], .status)
  }

  private mutating func runs() {
    let two = "/api/2.0/mlflow/"
    let run: JSONValue = ["run_id": "$run"]
    let experiment: JSONValue = ["experiment_id": "$exp"]
    func with(_ json: JSONValue, _ more: [(String, JSONValue)]) -> JSONValue {
      .object((json.members ?? []) + more.map { .init($0.0, $0.1) })
    }
    for (verb, query) in [
      ("experiments/get", "experiment_id=$exp"),
      ("experiments/get-by-name", "experiment_name=mine"),
      ("experiments/get-by-name", "experiment_name=none"), ("runs/get", "run_id=$run"),
      ("runs/get", "run_uuid=$run"), ("metrics/get-history", "run_id=$run&metric_key=m"),
      ("artifacts/list", "run_id=$run"),
      ("runs/get", "run_id=" + String(repeating: "0", count: 32)),
    ] { add("bo", "GET", two + verb, query: query, .status) }
    for (verb, body) in [
      ("experiments/update", with(experiment, [("new_name", "mine")])),
      ("experiments/set-experiment-tag", with(experiment, [("key", "k"), ("value", "v")])),
      ("runs/create", experiment), ("runs/update", with(run, [("status", "RUNNING")])),
      ("runs/log-metric", with(run, [("key", "m"), ("value", 1), ("timestamp", 1)])),
      ("runs/log-parameter", with(run, [("key", "p"), ("value", "1")])),
      ("runs/log-batch", with(run, [("metrics", []), ("params", []), ("tags", [])])),
      ("runs/set-tag", with(run, [("key", "k"), ("value", "v")])),
      ("runs/delete-tag", with(run, [("key", "k")])), ("runs/delete", run), ("runs/restore", run),
      ("experiments/delete", experiment), ("experiments/restore", experiment),
    ] { add("bo", "POST", two + verb, body, .status) }
    add("bo", "POST", two + "runs/search", ["experiment_ids": ["$exp"], "max_results": 5], .status)
  }

  private mutating func models() {
    let two = "/api/2.0/mlflow/"
    let model: JSONValue = ["name": "m"]
    func with(_ more: [(String, JSONValue)]) -> JSONValue {
      .object((model.members ?? []) + more.map { .init($0.0, $0.1) })
    }
    add("bo", "GET", two + "registered-models/get", query: "name=m", .status)
    add("bo", "PATCH", two + "registered-models/update", with([("description", "d")]), .status)
    add(
      "bo", "POST", two + "registered-models/set-tag", with([("key", "k"), ("value", "v")]), .status
    )
    add("bo", "DELETE", two + "registered-models/delete-tag", with([("key", "k")]), .status)
    add("bo", "POST", two + "registered-models/get-latest-versions", model, .status)
    add("bo", "GET", two + "registered-models/search", query: "max_results=5", .status)
    add("bo", "GET", two + "registered-models/get", query: "name=none", .status)
  }
}

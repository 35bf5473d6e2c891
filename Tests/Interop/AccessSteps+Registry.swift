import Formats

extension AccessSteps {
  /// What a user may do with others' registered models and prompts, whatever was granted. Each case has a model and a
  /// prompt of its own, as they are deleted in it.
  mutating func registry() {
    let two = "/api/2.0/mlflow/"
    add(
      "ana", "POST", two + "experiments/create", ["name": "source"],
      save: ["src", "experiment_id"],
      as: .status)
    add(
      "ana", "POST", two + "runs/create", ["experiment_id": "$src"],
      save: ["from", "run", "info", "run_id"], as: .status)
    add(
      "ana", "POST", two + "logged-models", ["experiment_id": "$src", "name": "l"],
      save: ["lm", "model", "info", "model_id"], as: .status)
    var cases: [Grants] = [[], [("registered_model", "NAME", "USE")]]
    for level in ["READ", "EDIT", "MANAGE", "DENY"] {
      for (kind, id) in [("registered_model", "NAME"), ("registered_model_version", "*")] {
        cases.append([(kind, id, level)])
      }
    }
    for (kind, id) in [
      ("run", "*"), ("logged_model", "*"), ("registered_model_version", "*"),
      ("experiment", "$src"), ("registered_model", "other"),
    ] { cases.append([("registered_model", "NAME", "MANAGE"), (kind, id, "DENY")]) }
    cases += [
      [("registered_model", "NAME", "MANAGE"), ("registered_model_version", "*", "EDIT")],
      [("registered_model", "NAME", "DENY"), ("registered_model_version", "*", "MANAGE")],
      [("registered_model", "*", "DENY")], [("run", "*", "DENY")],
    ]
    let prompts: [Grants] = [
      [], [("prompt", "NAME", "EDIT")], [("prompt", "NAME", "MANAGE")],
      [("prompt", "NAME", "MANAGE"), ("prompt_version", "*", "DENY")],
      [("registered_model", "NAME", "MANAGE")], [("prompt", "*", "DENY")],
    ]
    add("ana", "POST", two + "registered-models/create", ["name": "other"], as: .status)
    add("ana", "POST", two + "model-versions/create", version("other"), as: .status)
    for (index, grants) in (cases + prompts).enumerated() {
      let isPrompt = index >= cases.count
      let name = "\(isPrompt ? "p" : "m")\(index)"
      let tags: JSONValue = isPrompt ? [["key": "mlflow.prompt.is_prompt", "value": "true"]] : []
      add(
        "ana", "POST", two + "registered-models/create", ["name": .string(name), "tags": tags],
        as: .status)
      add(
        "ana", "POST", two + "model-versions/create",
        isPrompt
          ? ["name": .string(name), "source": "dummy-source", "tags": tags] : version(name),
        as: .status)
      with(grants.map { ($0.kind, $0.id == "NAME" ? name : $0.id, $0.level) }) {
        $0.readModels(name)
        $0.writeModels(name, tags)
      }
    }
    add("ana", "GET", "/api/3.0/mlflow/users/current/permissions", as: .status)
  }

  private func version(_ name: String) -> JSONValue {
    ["name": .string(name), "source": "runs:/$from/model", "run_id": "$from"]
  }

  private mutating func readModels(_ name: String) {
    let two = "/api/2.0/mlflow/"
    for (verb, query) in [
      ("registered-models/get", "name=\(name)"), ("registered-models/get", "name=none"),
      ("registered-models/search", "max_results=100"),
      ("registered-models/get-latest-versions", "name=\(name)"),
      ("registered-models/get-latest-versions", "name=none"),
      ("model-versions/get", "name=\(name)&version=1"),
      ("model-versions/get", "name=none&version=1"),
      ("model-versions/get-download-uri", "name=\(name)&version=1"),
      ("model-versions/search", "filter=name%3D'\(name)'"),
      ("model-versions/search", "filter=run_id%3D'$from'"),
      ("registered-models/alias", "name=\(name)&alias=none"),
    ] { add("bo", "GET", two + verb, query: query, as: .names) }
    add(
      "bo", "GET", "/model-versions/get-artifact", query: "name=\(name)&version=1&path=none",
      as: .allowed)
  }

  private mutating func writeModels(_ name: String, _ tags: JSONValue) {
    let two = "/api/2.0/mlflow/"
    func all(_ more: JSONValue = [:]) -> JSONValue {
      .object([.init("name", .string(name)), .init("version", "1")] + (more.members ?? []))
    }
    add(
      "bo", "POST", two + "registered-models/create", ["name": .string("by bo of \(name)")],
      as: .status)
    for source: JSONValue in [
      ["source": "runs:/$from/model", "run_id": "$from"], ["source": "models:/other/1"],
      ["source": "models:/other/1", "run_id": "$from"], ["source": "models:/none/1"],
      ["source": "models:/$lm", "model_id": "$lm"], ["source": "models:/$lm"],
      ["source": "models:/m-none", "model_id": "m-none"],
      ["source": "runs:/$from/model", "run_id": ""], ["source": "dummy-source", "tags": tags],
    ] { add("bo", "POST", two + "model-versions/create", all(source), as: .status) }
    add(
      "bo", "POST", two + "model-versions/create",
      ["name": "none", "source": "runs:/$from/model", "run_id": "$from"], as: .status)
    for (method, verb, more) in [
      ("PATCH", "registered-models/update", ["description": "d"]),
      ("POST", "registered-models/set-tag", ["key": "k", "value": "v"]),
      ("DELETE", "registered-models/delete-tag", ["key": "k"]),
      ("POST", "registered-models/get-latest-versions", [:]),
      ("POST", "registered-models/alias", ["alias": "a"]),
      ("DELETE", "registered-models/alias", ["alias": "a"]),
      ("PATCH", "model-versions/update", ["description": "d"]),
      ("POST", "model-versions/transition-stage", ["stage": "Staging"]),
      ("POST", "model-versions/set-tag", ["key": "k", "value": "v"]),
      ("DELETE", "model-versions/delete-tag", ["key": "k"]),
      ("POST", "registered-models/rename", ["new_name": .string(name + "x")]),
    ] as [(String, String, JSONValue)] {
      add("bo", method, two + verb, all(more), as: .status)
    }
    add(
      "admin", "POST", two + "registered-models/rename",
      ["name": .string(name + "x"), "new_name": .string(name)], as: .status)
    add("bo", "DELETE", two + "model-versions/delete", all(), as: .status)
    add("bo", "DELETE", two + "registered-models/delete", ["name": .string(name)], as: .status)
  }
}

import Formats

extension AccessSteps {
  /// Lists of tags and parameters that are none, or hold what is none, before and behind the other fields: what stands
  /// behind the first that cannot be read is not read either.
  mutating func lists() {
    let two = "/api/2.0/mlflow/"
    add(
      "admin", "POST", two + "runs/create", ["experiment_id": "0"],
      save: ["run", "run", "info", "run_id"], as: .status)
    add("admin", "POST", two + "registered-models/create", ["name": "base"], as: .status)
    for (index, list) in Self.broken.enumerated() {
      let targets: [(String, String, JSONValue)] = [
        ("registered-models/create", "tags", ["name": .string("m\(index)")]),
        ("registered-models/create", "tags", ["name": .string("n\(index)"), "description": "d"]),
        ("experiments/create", "tags", ["name": .string("e\(index)")]),
        ("runs/create", "tags", ["experiment_id": "0"]),
        ("logged-models", "tags", ["experiment_id": "0", "name": "l"]),
        ("logged-models", "params", ["experiment_id": "0", "name": "l"]),
        ("runs/log-batch", "tags", ["run_id": "$run"]),
        ("runs/log-batch", "params", ["run_id": "$run"]),
        ("runs/log-batch", "metrics", ["run_id": "$run"]),
        (
          "model-versions/create", "tags",
          ["name": "base", "source": "runs:/$run/x", "run_id": "$run"]
        ),
      ]
      for (path, field, body) in targets where !(path == "runs/log-batch" && list == .null) {
        let members = body.members ?? []
        let member = JSONValue.Member(field, list)
        add("admin", "POST", two + path, .object(members + [member]), as: .refusal)
        if path == "registered-models/create", members.count == 2 {
          add(
            "admin", "POST", two + path, .object([member] + members.reversed()), as: .refusal)
        }
      }
    }
  }

  private static let broken: [JSONValue] = [
    5, "x", .null, true, [:], [5], ["x"], [.null], [true], [[]], [[:]], [["key": 5]],
    [["key": "k", "value": 5]], [["key": .null, "value": "v"]], [["value": "v"]], [["key": "k"]],
    [["key": "k", "value": .null]], [["key": "", "value": "v"]], [["key": "a", "value": "v"], 5],
    [["key": "a", "value": "v"], ["key": 5]], [["key": "k", "value": [:]]],
    [["key": ["k"], "value": "v"]], [["key": "z", "value": "v", "more": 1]],
    [["key": "a", "value": "v"], .null], [["key": "a", "value": 5], ["key": "b", "value": "v"]],
    [["key": 5, "value": "v"]], [5, ["key": "a", "value": "v"]],
  ]
}

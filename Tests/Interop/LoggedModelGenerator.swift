import Formats

extension RegistryGenerator {
  private static let loggedKeys = ["lr", "depth", "a b"]
  private static let metricKeys = ["acc", "loss", "val/acc"]

  /// Changes of logged models, and looks at them.
  mutating func loggedChange() -> RegistryStep {
    let id = chance(12) ? "m-nobody" : pick((0..<12).map { "{{L\($0)}}" })
    switch Int.random(in: 0..<9, using: &random) {
    case 0:
      return RegistryStep(
        method: "PATCH", path: "logged-models/\(id)",
        body: [
          "model_id": .string(id),
          "status": pick([
            "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED", "LOGGED_MODEL_PENDING", 2, 3,
          ]),
        ])
    case 1, 2:
      return RegistryStep(
        method: "PATCH", path: "logged-models/\(id)/tags",
        body: ["tags": .array((0..<2).map { _ in pair(Self.keys + ["", "x/y"]) })])
    case 3:
      return RegistryStep(
        method: "DELETE", path: "logged-models/\(id)/tags/\(pick(["team", "k", "nothing"]))")
    case 4:
      return .post(
        "logged-models/\(id)/params",
        ["model_id": .string(id), "params": .array([pair(Self.loggedKeys)])])
    case 5, 6: return metric(id)
    case 7:
      if chance(3) { return RegistryStep(method: "DELETE", path: "logged-models/\(id)", body: [:]) }
      return .get("logged-models/\(id)", [("allow_deleted", pick(["true", "false", "True"]))])
    default: return RegistryStep(method: "GET", path: "logged-models/\(id)")
    }
  }

  private mutating func pair(_ keys: [String]) -> JSONValue {
    ["key": .string(pick(keys)), "value": .string(pick(Self.values))]
  }

  private mutating func metric(_ id: String) -> RegistryStep {
    var body: [JSONValue.Member] = [
      .init("run_id", .string(pick(["{{R0}}", "{{R1}}", "{{R2}}"]))),
      .init("key", .string(pick(Self.metricKeys))),
      .init("value", .double(pick([0, 0.5, 1, -1, 0.25, 1e5]))),
      // MLflow fails at a second value of one time and step.
      .init("timestamp", .int(nextTime())),
      .init("step", .int(Int64.random(in: 0...2, using: &random))),
      .init("model_id", .string(id)),
    ]
    if chance(2) {
      body += [
        .init("dataset_name", .string(pick(["train", "test"]))),
        .init("dataset_digest", .string(pick(["d1", "d2"]))),
      ]
    }
    return .post("runs/log-metric", .object(body))
  }

  /// Twelve models of two experiments, three of them of one name.
  mutating func loggedModels() -> [RegistryStep] {
    (0..<12).map { index in
      .post(
        "logged-models",
        [
          "experiment_id": .string(index % 3 == 0 ? "{{E1}}" : "0"),
          "name": .string(pick(["first", "second", "데이터", "Model x"])),
          "source_run_id": .string(pick(["{{R0}}", "{{R1}}", ""])),
          "model_type": .string(pick(["", "agent", "Agent"])),
          "params": .array(
            Self.loggedKeys.filter { _ in chance(2) }.map {
              ["key": .string($0), "value": .string(pick(Self.values))]
            }),
          "tags": .array(
            Self.keys.filter { _ in chance(2) }.map {
              ["key": .string($0), "value": .string(pick(Self.values))]
            }),
        ], save: ["L\(index)", "model", "info", "model_id"])
    }
  }

  mutating func loggedSearch() -> RegistryStep {
    let clauses = (0..<Int.random(in: 0...2, using: &random)).map { _ in loggedClause() }
    var body: [JSONValue.Member] = [
      .init(
        "experiment_ids",
        pick([["0"], ["0", "{{E1}}"], ["{{E1}}"], ["99"], ["0", "99"], ["x"]])),
      .init("filter", .string(clauses.joined(separator: pick([" AND ", " and "])))),
    ]
    if chance(3) {
      body.append(
        .init(
          "datasets",
          .array([
            [
              "dataset_name": .string(pick(["train", "test"])),
              "dataset_digest": .string(pick(["d1", "d2"])),
            ]
          ])))
    }
    if chance(2) {
      body.append(
        .init(
          "order_by",
          .array((0..<Int.random(in: 1...2, using: &random)).map { _ in loggedOrder() })))
    }
    if chance(3) { body.append(.init("max_results", pick([1, 2, 5, 50]))) }
    return .post("logged-models/search", .object(body))
  }

  private mutating func loggedOrder() -> JSONValue {
    var order: [JSONValue.Member] = [
      .init(
        "field_name",
        .string(
          pick([
            "metrics.acc", "metrics.loss", "metrics.val/acc", "metrics.nothing", "name",
            "creation_timestamp", "creation_time", "last_updated_timestamp", "model_id",
            "model_type", "status", "experiment_id", "source_run_id", "params.lr", "nothing",
          ])))
    ]
    if chance(2) { order.append(.init("ascending", .bool(chance(2)))) }
    if chance(4) { order.append(.init("dataset_name", .string(pick(["train", "test"])))) }
    return .object(order)
  }

  private mutating func loggedClause() -> String {
    let text = "'" + pick(["first", "second", "데이터", "one", "Two", "%o%", "agent", "a%", ""]) + "'"
    let compare = pick(["=", "!=", "LIKE", "ILIKE", "like", "ilike"])
    switch Int.random(in: 0...5, using: &random) {
    case 0:
      return "metrics." + pick(["acc", "loss", "`val/acc`", "nothing"])
        + pick(["=", " != ", " > ", " >= ", " < ", " <= ", " LIKE "])
        + pick(["0", "0.5", "-1", "1e5"])
    case 1: return "params." + pick(["lr", "depth", "`a b`"]) + " \(compare) " + text
    case 2: return "tags." + pick(["team", "k", "`val/x`"]) + " \(compare) " + text
    case 3:
      return pick(["name", "model_type", "attributes.name"]) + " "
        + pick(["IN ('first', 'second')", "NOT IN ('first','x')", "in ('agent')", "= 'first'"])
    case 4:
      return pick(["creation_timestamp", "creation_time", "last_updated_timestamp"])
        + pick([" > 5", " >= 0", " < 5"])
    default:
      return pick(["name", "model_type", "source_run_id", "model_id", "foo.bar", "tag.x"])
        + " \(compare) " + text
    }
  }
}

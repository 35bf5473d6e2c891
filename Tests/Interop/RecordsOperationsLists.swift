import Formats

/// Operations that MLflow refuses, and some beside them that it takes.
enum RecordsOperationsLists {
  typealias Members = [(String, JSONValue)]

  static func op(_ what: String, _ members: Members) -> JSONValue {
    .object([.init("op", .string(what))] + members.map { .init($0.0, $0.1) })
  }

  static let long = String(repeating: "x", count: 251)

  static let names: [String] = [
    "", "a//b", "../a", ".", "..", "a/.", "/a", "//a", "a/", "a\nb", "a$b", "é#", "한글!", "a\"b",
    "a'b#", "..a", "a/../b", "a\\b", "\u{1F600}", "a\tb", "a,b", "a\u{200B}b", "a/../../b", "/..",
    long, String(repeating: "글", count: 251), "a b", "한글", "a/b", "a.b:c-d", "…",
  ]

  /// What the others work on: experiments 1 to 3, of which the last is deleted, and runs, of which `dead` is.
  static let world: [JSONValue] = [
    op("create_experiment", [("name", "one"), ("tags", [["team", "a"]])]),
    op("create_experiment", [("name", "two")]), op("create_experiment", [("name", "gone")]),
    op("create_run", [("run", "R1"), ("experiment", "0"), ("name", "first")]),
    op("create_run", [("run", "R2"), ("experiment", "1"), ("name", "other")]),
    op("create_run", [("run", "dead"), ("experiment", "1"), ("name", "dead")]),
    op("delete_run", [("run", "dead")]), op("delete_experiment", [("id", "3")]),
    op("create_model", [("model", "M1"), ("experiment", "0")]),
    op("create_model", [("model", "M2"), ("experiment", "0")]),
  ]

  /// Every operation on a run, with something that would do.
  static func onRun(_ run: JSONValue) -> [JSONValue] {
    [
      op("get_run", [("run", run)]), op("update_run", [("run", run), ("status", "FINISHED")]),
      op("log_metric", [("run", run), ("metric", ["m", 1.0, 5, 0])]),
      op("log_param", [("run", run), ("key", "p"), ("value", "1")]),
      op("set_tag", [("run", run), ("key", "t"), ("value", "1")]),
      op("delete_tag", [("run", run), ("key", "t")]),
      op("delete_tag", [("run", run), ("key", "nothing")]),
      op("log_batch", [("run", run), ("metrics", [["n", 1.0, 5, 0]])]),
      op("log_inputs", [("run", run), ("datasets", [["name": "d", "digest": "1"]])]),
      op("log_outputs", [("run", run), ("models", [["M1", 3]])]),
    ]
  }

  static func onExperiment(_ id: JSONValue) -> [JSONValue] {
    [
      op("get_experiment", [("id", id)]),
      op("set_experiment_tag", [("id", id), ("key", "k"), ("value", "v")]),
      op("delete_experiment_tag", [("id", id), ("key", "nothing")]),
      op("rename_experiment", [("id", id), ("name", "")]),
      op("rename_experiment", [("id", id), ("name", .string(long + long))]),
      op("restore_experiment", [("id", id)]),
      op("create_run", [("run", "never"), ("experiment", id)]),
    ]
  }

  static let experiments: [JSONValue] =
    onExperiment("77") + onExperiment("3") + onExperiment("x1") + [
      op("delete_experiment", [("id", "3")]), op("delete_experiment", [("id", "77")]),
      op("restore_experiment", [("id", "0")]),
      op("rename_experiment", [("id", "3"), ("name", "n")]),
      op("rename_experiment", [("id", "77"), ("name", "n")]),
      op("create_experiment", [("name", "")]), op("create_experiment", [("name", "one")]),
      op("create_experiment", [("name", "gone")]),
      op("create_experiment", [("name", .string(long + long))]),
      op("create_experiment", [("name", "tagged"), ("tags", [["a$", "x"]])]),
      op(
        "set_experiment_tag",
        [("id", "1"), ("key", "k"), ("value", .string(String(repeating: "v", count: 20_001)))]),
      op(
        "create_run",
        [
          ("run", "never"), ("experiment", "0"), ("name", "a"),
          ("tags", [["mlflow.runName", "b"]]),
        ]),
    ]

  /// Every name where a name may stand.
  static let named: [JSONValue] = names.flatMap { name -> [JSONValue] in
    let key = JSONValue.string(name)
    let good: JSONValue = ["good", "v"]
    return [
      op("log_metric", [("run", "R1"), ("metric", [key, 1.0, 5, 0])]),
      op("log_param", [("run", "R1"), ("key", key), ("value", "v")]),
      op("set_tag", [("run", "R1"), ("key", key), ("value", "v")]),
      op("set_experiment_tag", [("id", "1"), ("key", key), ("value", "v")]),
      op("log_batch", [("run", "R1"), ("metrics", [["good", 1.0, 5, 0], [key, 1.0, 5, 0]])]),
      op("log_batch", [("run", "R1"), ("params", [[key, "v"], good])]),
      op("log_batch", [("run", "R1"), ("tags", [good, good, [key, "v"]])]),
    ]
  }

  static let times: [JSONValue] = [
    op("log_metric", [("run", "R1"), ("metric", ["m", 1.5, -1, 0])]),
    op("log_metric", [("run", "R1"), ("metric", ["m", "NaN", -7, 0])]),
    op("log_metric", [("run", "R1"), ("metric", ["m", 1e20, -7, 0])]),
    op("log_batch", [("run", "R1"), ("metrics", [["m", 1.0, 5, 0], ["m", -0.25, -1, 0]])]),
  ]

  private static func many(_ count: Int, _ make: (Int) -> JSONValue) -> JSONValue {
    .array((0..<count).map(make))
  }

  static let batches: [JSONValue] = [
    op("log_batch", [("run", "R1"), ("metrics", many(1001) { ["m", 1.0, .int(Int64($0)), 0] })]),
    op("log_batch", [("run", "R1"), ("params", many(101) { [.string("p\($0)"), "v"] })]),
    op("log_batch", [("run", "R1"), ("tags", many(101) { [.string("t\($0)"), "v"] })]),
    op(
      "log_batch",
      [
        ("run", "R1"), ("metrics", many(950) { ["m", 1.0, .int(Int64($0)), 0] }),
        ("params", many(51) { [.string("p\($0)"), "v"] }),
      ]),
    op("log_batch", [("run", "R1"), ("params", [["a", "1"], ["b'", "1"], ["a", "1"]])]),
    op(
      "log_batch",
      [("run", "R1"), ("params", [["a", "1"], ["b", "1"], ["b", "1"], ["a", "2"]])]),
    op("log_batch", [("run", "R1"), ("params", [["a", "1"], ["b", "it's"]])]),
    op("log_batch", [("run", "R1"), ("params", [["a", "2"], ["b", "\"q\" 'r'"], ["c", "1"]])]),
    op("log_batch", [("run", "R1"), ("params", [["a", "1"], ["c", "\n한"]])]),
    op("log_batch", [("run", "R1"), ("params", [["c", "\u{200B}"]])]),
    op("log_param", [("run", "R1"), ("key", "a"), ("value", "1")]),
    op("log_param", [("run", "R1"), ("key", "a"), ("value", "other '\"")]),
    op("log_param", [("run", "R1"), ("key", "empty"), ("value", "")]),
    op("log_param", [("run", "R1"), ("key", "empty"), ("value", "1")]),
    op(
      "log_param",
      [
        ("run", "R1"), ("key", "long"), ("value", .string(String(repeating: "한", count: 7000))),
      ]),
    op(
      "set_tag",
      [("run", "R1"), ("key", "long"), ("value", .string(String(repeating: "x", count: 9000)))]),
  ]

  private static func text(_ count: Int) -> JSONValue {
    .string(String(repeating: "d", count: count))
  }

  static let datasets: [JSONValue] = [
    ["name": text(501), "digest": "1"], ["name": "d", "digest": text(37)],
    ["name": "d", "digest": "1", "source": text(65_536)],
    ["name": "d", "digest": "1", "schema": text(1_048_576)],
    ["name": "d", "digest": "1", "profile": text(16_777_216)],
    ["name": "d", "digest": "1", "tags": [[text(256), "v"]]],
    ["name": "d", "digest": "1", "tags": [["k", text(501)]]],
    ["name": text(500), "digest": text(36), "tags": [[text(255), text(500)]]],
  ].map { op("log_inputs", [("run", "R1"), ("datasets", [$0])]) }
}

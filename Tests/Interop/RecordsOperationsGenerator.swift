import Formats
import Support

/// Makes operations that log, change and read runs at random, with values that tie, repeat and are no numbers.
struct RecordsOperationsGenerator {
  private var random = SeededRandom(seed: 77)
  private let runs = (0..<6).map { "run-\($0)" }
  private let models = ["M1", "M2"]
  /// So that no value of a model is logged twice at one time.
  private var time: Int64 = 10

  private typealias Lists = RecordsOperationsLists

  mutating func start() -> [JSONValue] {
    runs.map { name in
      Lists.op(
        "create_run",
        [("run", .string(name)), ("experiment", pick(["0", "1"])), ("name", .string(name))])
    }
  }

  mutating func write() -> JSONValue {
    let run: JSONValue = .string(pick(runs))
    switch Int.random(in: 0..<16, using: &random) {
    case 0: return Lists.op("log_metric", [("run", run), ("metric", metric())])
    case 1:
      return Lists.op(
        "log_metric", [("run", run), ("metric", metric(later: true)), ("link", link())])
    case 2...5: return Lists.op("log_batch", [("run", run), ("metrics", metrics())])
    case 6: return batchWithLinks(run)
    case 7:
      return Lists.op("log_param", [("run", run), ("key", key()), ("value", pick(["1", "2"]))])
    case 8, 9: return Lists.op("set_tag", [("run", run), ("key", tagKey()), ("value", value())])
    case 10: return Lists.op("delete_tag", [("run", run), ("key", tagKey())])
    case 11:
      return Lists.op(
        "log_batch", [("run", run), ("tags", [[tagKey(), value()], [tagKey(), value()]])])
    case 12: return Lists.op("log_inputs", [("run", run), ("datasets", [dataset(), dataset()])])
    case 13:
      return Lists.op(
        "log_inputs", [("run", run), ("datasets", []), ("models", [pick(["M1", "M2"])])])
    case 14:
      return Lists.op(
        "update_run",
        [
          ("run", run), ("status", pick(["FINISHED", "RUNNING", "KILLED", .null])),
          ("end", pick([5000, 6000, .null])), ("name", pick(["new", "", .null])),
        ])
    default: return Lists.op(pick(["delete_run", "restore_run"]), [("run", run)])
    }
  }

  mutating func read() -> JSONValue {
    let run: JSONValue = .string(pick(runs))
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2: return Lists.op("get_run", [("run", run)])
    case 3: return Lists.op("get_model_metrics", [("model", .string(pick(models)))])
    case 4:
      return Lists.op("summaries", [("experiments", pick([["0"], ["1"], ["0", "1"], ["9"]]))])
    case 5, 6:
      return Lists.op(
        "history",
        [("run", run), ("key", key()), ("limit", pick([1, 2, 3, 10, 1000, .null]))])
    default:
      let start = Int64.random(in: -2...4, using: &random)
      let range: [(String, JSONValue)] =
        Bool.random(using: &random)
        ? [("start", .int(start)), ("end", .int(start + Int64.random(in: 0...4, using: &random)))]
        : []
      return Lists.op(
        "interval",
        [
          ("runs", .array(runs.prefix(Int.random(in: 1...3, using: &random)).map { .string($0) })),
          ("key", key()), ("limit", .int(Int64.random(in: 1...14, using: &random))),
        ] + range)
    }
  }

  private mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: values.indices, using: &random)]
  }

  private mutating func pick(_ values: [JSONValue]) -> JSONValue {
    values[Int.random(in: values.indices, using: &random)]
  }

  private mutating func key() -> JSONValue { pick(["acc", "loss", "val/loss"]) }
  private mutating func tagKey() -> JSONValue { pick(["team", "note", "mlflow.runName"]) }
  private mutating func value() -> JSONValue { pick(["a", "b", "", "긴 값"]) }

  private mutating func link() -> JSONValue {
    var link: [JSONValue.Member] = [.init("model", .string(pick(models)))]
    if Bool.random(using: &random) {
      link += [.init("dataset_name", "train"), .init("dataset_digest", "d1")]
    }
    return .object(link)
  }

  private mutating func metric(later: Bool = false) -> JSONValue {
    if later { time += 1 }
    return [
      key(), pick([0.0, 1.0, -1.5, 0.25, "NaN", "Infinity", "-Infinity", 3.0]),
      .int(later ? time : .random(in: 5...7, using: &random)),
      .int(.random(in: -1...3, using: &random)),
    ]
  }

  private mutating func metrics() -> JSONValue {
    .array((0..<Int.random(in: 1...12, using: &random)).map { _ in metric() })
  }

  private mutating func batchWithLinks(_ run: JSONValue) -> JSONValue {
    let metrics: JSONValue = [metric(later: true), metric(later: true), metric(later: true)]
    return Lists.op(
      "log_batch", [("run", run), ("metrics", metrics), ("links", [link(), [:], link()])])
  }

  private mutating func dataset() -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", pick(["train", "test"])), .init("digest", pick(["d1", "d2"])),
      .init("source", pick(["here", "there"])),
    ]
    if Bool.random(using: &random) {
      members.append(.init("tags", [["mlflow.data.context", pick(["training", "eval"])]]))
    }
    return .object(members)
  }
}

import Formats
import Platform
import Records
import Support
import SystemPackage

/// Runs that hold every kind of value that a search can meet, in our store and as a request to MLflow's.
struct RecordsSearchWorld {
  let store: RecordStore
  private(set) var runs: [JSONValue] = []
  private(set) var ids: [RunID] = []
  private let experiments: [Experiment]
  private var random = SeededRandom(seed: 2024)

  static let words = [
    "alpha", "Alpha", "beta", "b%a", "b_a", "", "it''s", "데이터", "É", "é", "a\\b", "x y", "10", "9",
  ]
  static let metricKeys = ["acc", "loss", "val/loss", "with space", "step.1", "정확도"]
  static let paramKeys = ["alpha", "model", "with space", "val/x", "a.b"]
  static let tagKeys = ["mlflow.user", "team", "note 1"]
  static let numbers: [Double] = [0, 1, -1, 0.5, 0.25, 1e5, -2.5, 3, .nan, 1e-7]
  static let digests = ["d1", "d2"]

  init(in folder: FilePath, count: Int) throws {
    let store = try RecordStore(in: folder)
    self.store = store
    experiments = try ["one", "two"].map { try store.createExperiment($0) }
    for index in 0..<count { try addRun(index) }
  }

  /// What the peer's script reads.
  func request(_ searches: [RecordsSearchCase]) -> JSONValue {
    .object([
      .init("experiments", .array(experiments.map { .string($0.name) })),
      .init("runs", .array(runs)),
      .init("searches", .array(searches.map(\.json))),
    ])
  }

  private mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: values.indices, using: &random)]
  }

  private mutating func some<T>(_ values: [T]) -> [T] {
    values.filter { _ in Bool.random(using: &random) }
  }

  private mutating func addRun(_ index: Int) throws {
    let experiment = Int64.random(in: 0...2, using: &random)
    let start = 1000 + Int64.random(in: 0...9, using: &random)
    let params = some(Self.paramKeys).map { Param($0, pick(Self.words)) }
    let tags = some(Self.tagKeys).map { Tag($0, pick(Self.words)) }
    let id = RunID.random(using: &random)
    let run = try store.start(
      NewRun(
        id: id,
        experiment: store.experiment(named: ["Default", "one", "two"][Int(experiment)])?.id
          ?? .defaultExperiment,
        name: pick(["swift-otter-1", "Swift", "run \(index)"]), user: pick(["ada", "Bob", ""]),
        startTime: start, params: params, tags: tags))
    var metrics: [Metric] = []
    for key in some(Self.metricKeys) {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        metrics.append(
          Metric(
            key, pick(Self.numbers), timestamp: .random(in: 5...7, using: &random),
            step: .random(in: -1...2, using: &random)))
      }
    }
    try store.log(metrics: metrics, to: id)
    let datasets = some(["train", "Test"]).map { name in
      DatasetInput(
        name: name, digest: pick(Self.digests), sourceType: "local", source: "here",
        tags: some(["mlflow.data.context"]).map { Tag($0, pick(["training", "eval"])) })
    }
    try store.log(datasets: datasets, to: id)
    let status = pick(RunStatus.allCases)
    let end: Int64? = status == .running ? nil : start + Int64.random(in: 0...3, using: &random)
    try store.update(id, status: status, endTime: end)
    let isDeleted = Int.random(in: 0...5, using: &random) == 0
    if isDeleted { try store.delete([id]) }
    ids.append(id)
    runs.append(
      .object([
        .init("id", .string(id.hex)), .init("experiment", .int(experiment)),
        .init("name", .string(run.name)), .init("user", .string(run.user)),
        .init("status", .string(status.rawValue)), .init("start", .int(start)),
        .init("end", end.map { .int($0) } ?? .null),
        .init("artifact_uri", .string(run.artifactURI)), .init("deleted", .bool(isDeleted)),
        .init("tags", .array(run.tags.map { [.string($0.key), .string($0.value)] })),
        .init("params", .array(params.map { [.string($0.key), .string($0.value)] })),
        .init(
          "metrics",
          .array(
            metrics.map { [.string($0.key), .double($0.value), .int($0.timestamp), .int($0.step)] })
        ),
        .init(
          "datasets",
          .array(
            datasets.map { data in
              [
                .string(data.name), .string(data.digest),
                .array(data.tags.map { [.string($0.key), .string($0.value)] }),
              ]
            })),
      ]))
  }
}

extension RunID {
  /// A random id from a given generator.
  static func random(using generator: inout SeededRandom) -> RunID {
    let digits = (0..<32).map { _ in "0123456789abcdef".randomElement(using: &generator) ?? "0" }
    return RunID(String(digits)) ?? .random()
  }
}

import Platform
import Records
import Runner

/// Runs as a table: who, when, how it ended, the parameters that differ and the metrics that most have.
struct RunTable {
  let runs: [Run]
  let metricKeys: [String]
  let parameterKeys: [String]
  /// Whether any of the runs was played again, or is a replay.
  private let hasReplays: Bool

  private static let mostMetrics = 4
  private static let mostParameters = 4

  /// - Parameter asked: metrics that are shown first.
  init(_ runs: [Run], asked: [String] = []) {
    self.runs = runs
    hasReplays = runs.contains { $0.replayWord != nil }
    var counts: [String: Int] = [:]
    for run in runs { for metric in run.metrics { counts[metric.key, default: 0] += 1 } }
    let common = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    var keys: [String] = []
    for key in asked + common where counts[key] != nil && !keys.contains(key) { keys.append(key) }
    metricKeys = Array(keys.prefix(max(RunTable.mostMetrics, asked.count)))
    parameterKeys = RunTable.differing(runs)
  }

  /// The parameters whose values are not the same everywhere, in the order in which they first stand.
  private static func differing(_ runs: [Run]) -> [String] {
    var values: [String: Set<String>] = [:]
    var order: [String] = []
    for run in runs {
      for param in run.params {
        if values[param.key] == nil { order.append(param.key) }
        values[param.key, default: []].insert(param.value)
      }
    }
    return Array(order.filter { (values[$0]?.count ?? 0) > 1 }.prefix(mostParameters))
  }

  func text(for console: Console) -> String {
    table(now: Clock.milliseconds()).text(for: console)
  }

  /// - Parameter now: milliseconds since 1970; what "ago" and the length of running runs are told from.
  func table(now: Int64) -> TextTable {
    var table = TextTable(
      [
        .init(title: "RUN"), .init(title: "NAME", yields: 1, isText: true),
        .init(title: "ENTRY", yields: 4, isText: true), .init(title: "STATUS"),
        .init(title: "STARTED", yields: 3), .init(title: "TOOK", alignment: .right, yields: 5),
      ] + (hasReplays ? [.init(title: "REPLAY", yields: 4)] : [])
        + parameterKeys.map(parameterColumn)
        // What a person compares runs by stays nearly as long as their names.
        + metricKeys.enumerated().map { index, key in
          .init(title: key, alignment: .right, yields: index == 0 ? 2 : 6)
        })
    table.rows = runs.map { row($0, now) }
    return table
  }

  /// Numbers stand to the right, and whole; anything else may be cut.
  private func parameterColumn(_ key: String) -> TextTable.Column {
    let isText = runs.contains { run in
      run.params.contains { $0.key == key && Double($0.value) == nil }
    }
    return .init(title: key, alignment: isText ? .left : .right, yields: 7, isText: isText)
  }

  private func row(_ run: Run, _ now: Int64) -> [TextTable.Cell] {
    let end = run.endTime ?? (run.status == .running ? now : nil)
    let status = run.lifecycle == .deleted ? "deleted" : run.status.word
    var cells: [TextTable.Cell] = [
      .init(String(run.id.hex.prefix(8)), .bold), .init(run.name),
      .init(run.entryPoint ?? ""), .init(status, run.status.style),
      .init(ago(run.startTime, now: now), .dim),
      .init(end.map { duration(from: run.startTime, to: $0) } ?? ""),
    ]
    if hasReplays { cells.append(.init(run.replayWord ?? "", run.replayStyle)) }
    cells += parameterKeys.map { key in .init(run.params.first { $0.key == key }?.value ?? "") }
    cells += metricKeys.map { key in
      .init(run.metrics.first { $0.key == key }.map { shortNumber($0.value) } ?? "")
    }
    return cells
  }
}

extension Run {
  /// What the last replay came to: of this run, or as which this run was made.
  fileprivate var replayWord: String? { tag(ReplayTags.verdict) ?? tag(ReplayTags.replayed) }

  fileprivate var replayStyle: Style? {
    replayWord.map { $0 == OutputVerdict.Kind.different.rawValue ? .red : .green }
  }
}

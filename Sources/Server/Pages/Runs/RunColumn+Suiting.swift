import Records

/// Names of metrics, what was measured before what the machine did (`system/…`).
func inReadingOrder(_ keys: some Sequence<String>) -> [String] {
  keys.sorted { left, right in
    let isSystem = (left.hasPrefix("system/"), right.hasPrefix("system/"))
    return isSystem.0 == isSystem.1 ? left < right : isSystem.1
  }
}

extension RunColumn {
  /// Columns for runs whose reader chose none: when they began and how long they took, then the parameters that tell them
  /// apart and the metrics that most of them have.
  static func suiting(_ runs: [Run]) -> [RunColumn] {
    let metrics = common(runs.map { $0.metrics.map(\.key) }, without: ["system/"])
    var values: [String: Set<String>] = [:]
    for run in runs {
      for param in run.params { values[param.key, default: []].insert(param.value) }
    }
    let params = common(runs.map { $0.params.map(\.key) }, without: [])
    let telling = params.filter { (values[$0]?.count ?? 0) > 1 }
    return [.fact(.started), .fact(.duration)]
      + metrics.prefix(4).map { .metric($0) }
      + (telling + params.filter { !telling.contains($0) }).prefix(5).map { .param($0) }
  }

  /// The names that most have, in the order of how many, then of their bytes.
  private static func common(_ names: [[String]], without prefixes: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for name in names.joined() where !prefixes.contains(where: name.hasPrefix) {
      counts[name, default: 0] += 1
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }
}

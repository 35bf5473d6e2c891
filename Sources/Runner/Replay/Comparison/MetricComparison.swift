import Records

/// Compares the metrics of two runs, series by series: steps and values within the tolerance. Times are passed over.
package struct MetricComparison: Sendable {
  private let tolerance: Tolerance

  package init(rtol: Double = 1e-9, atol: Double = 0) {
    tolerance = Tolerance(rtol: rtol, atol: atol)
  }

  /// A verdict for every series of either run, sorted by the bytes of their names; the reader is `metric`.
  ///
  /// - Parameters:
  ///   - old: the first run's points by the name of their series, in the order they were logged.
  ///   - new: the second run's.
  package func compare(
    _ old: [String: [Metric]], _ new: [String: [Metric]]
  ) -> [OutputVerdict] {
    Set(old.keys).union(new.keys)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { compare(old[$0], new[$0], name: $0) }
  }

  /// Compares one series; nil where a run does not have it.
  package func compare(_ old: [Metric]?, _ new: [Metric]?, name: String) -> OutputVerdict {
    guard let old else {
      return OutputVerdict(
        name: name, kind: new == nil ? .identical : .new, reader: "metric",
        differences: new?.count ?? 0)
    }
    guard let new else {
      return OutputVerdict(
        name: name, kind: .missing, reader: "metric", differences: old.count)
    }
    var findings = Findings(
      tolerance: tolerance, normaliser: TextNormaliser(), isCancelled: { false })
    let isIdentical =
      old.count == new.count
      && zip(old, new).allSatisfy {
        $0.step == $1.step && ($0.value == $1.value || $0.value.isNaN && $1.value.isNaN)
      }
    if isIdentical { return OutputVerdict(name: name, kind: .identical, reader: "metric") }
    compare(Self.steps(old), Self.steps(new), &findings)
    findings.allow { "the same points, logged in another order" }
    return findings.verdict(name: name, reader: "metric")
  }

  /// Steps in their order, each with the values that were logged for it, in the order they were.
  private static func steps(_ points: [Metric]) -> [(step: Int64, values: [Double])] {
    var values: [Int64: [Double]] = [:]
    for point in points { values[point.step, default: []].append(point.value) }
    return values.keys.sorted().map { ($0, values[$0] ?? []) }
  }

  private func compare(
    _ old: [(step: Int64, values: [Double])], _ new: [(step: Int64, values: [Double])],
    _ findings: inout Findings
  ) {
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      let a = i < old.count ? old[i] : nil
      let b = j < new.count ? new[j] : nil
      if let a, b.map({ a.step < $0.step }) ?? true {
        findings.add(count: a.values.count) { "step \(a.step): \(Self.shown(a.values)) is missing" }
        i += 1
      } else if let b, a.map({ b.step < $0.step }) ?? true {
        findings.add(count: b.values.count) { "step \(b.step): \(Self.shown(b.values)) is new" }
        j += 1
      } else if let a, let b {
        for (x, y) in zip(a.values, b.values) { findings.numbers(x, y) { "step \(a.step)" } }
        let count = abs(a.values.count - b.values.count)
        findings.add(count: count) {
          "step \(a.step): \(a.values.count) values became \(b.values.count)"
        }
        i += 1
        j += 1
      }
    }
  }

  private static func shown(_ values: [Double]) -> String {
    values.count == 1 ? "\(values[0])" : "\(values.count) values"
  }
}

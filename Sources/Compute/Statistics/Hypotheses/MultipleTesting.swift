/// Corrections of p values for how many tests were made. NaN stays NaN and is not counted as a test.
package enum MultipleTesting {
  /// p times the number of tests, at most 1 (C. E. Bonferroni, 1936): controls the chance of any
  /// false alarm.
  package static func bonferroni(_ p: [Double]) -> [Double] {
    let tests = Double(p.count { !$0.isNaN })
    return p.map { $0.isNaN ? $0 : min(1, $0 * tests) }
  }

  /// The smallest p·m/rank from its own rank on (Y. Benjamini and Y. Hochberg, "Controlling the
  /// false discovery rate", 1995): controls the share of false alarms among all.
  package static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    let order = p.indices.filter { !p[$0].isNaN }.sorted {
      p[$0] != p[$1] ? p[$0] < p[$1] : $0 < $1
    }
    var adjusted = p
    var smallest = 1.0
    for (rank, place) in order.enumerated().reversed() {
      smallest = min(smallest, p[place] * (Double(order.count) / Double(rank + 1)))
      adjusted[place] = smallest
    }
    return adjusted
  }
}

/// The exact distribution of the two-sample Cramér-von Mises statistic for small samples.
enum CramerVonMisesPaths {
  /// P(T >= t) over all orders of the pooled rows, where t has Σ (a·i - b·j)² = `zeta` along its path:
  /// i and j rows of the samples met, a and b what brings n1 and n2 to their least common multiple.
  ///
  /// Frequencies of the sums are passed on from (i - 1, j) and (i, j - 1) (Y. Xiao, A. Gordon and
  /// A. Yakovlev, "A C++ program for the Cramér-von Mises two-sample test", 2006).
  ///
  /// - Parameters:
  ///   - n1: 1...20, as n2.
  static func chance(ofAtLeast zeta: Int, _ n1: Int, _ n2: Int) -> Double {
    let multiple = n1 / greatestCommonDivisor(n1, n2) * n2
    let (a, b) = (multiple / n1, multiple / n2)
    var row: [[(sum: Int, count: Int)]] = []
    for j in 0...n2 {
      var next: [[(sum: Int, count: Int)]] = []
      for i in 0...n1 {
        let left = i > 0 ? next[i - 1] : []
        let below = j > 0 ? row[i] : []
        let step = (a * i - b * j) * (a * i - b * j)
        next.append(i == 0 && j == 0 ? [(0, 1)] : merged(left, below, step))
      }
      row = next
    }
    let all = row[n1]
    let total = all.reduce(0) { $0 + $1.count }
    let far = all.reduce(0) { $0 + ($1.sum >= zeta ? $1.count : 0) }
    return Double(far) / Double(total)
  }

  /// Two lists in the order of their sums as one, each sum grown by `step`.
  private static func merged(
    _ a: [(sum: Int, count: Int)], _ b: [(sum: Int, count: Int)], _ step: Int
  ) -> [(sum: Int, count: Int)] {
    var merged: [(sum: Int, count: Int)] = []
    merged.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      let sum = min(i < a.count ? a[i].sum : .max, j < b.count ? b[j].sum : .max)
      var count = 0
      if i < a.count, a[i].sum == sum {
        count += a[i].count
        i += 1
      }
      if j < b.count, b[j].sum == sum {
        count += b[j].count
        j += 1
      }
      merged.append((sum + step, count))
    }
    return merged
  }

  static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

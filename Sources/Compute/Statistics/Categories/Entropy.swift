/// How much a category says.
package enum Entropy {
  /// -Σ p·log2 p over the shares of some counts, in bits: 0 when all rows are in one category, NaN
  /// for no rows.
  ///
  /// - Parameter counts: at least 0; their order does not matter.
  package static func bits(_ counts: [Int]) -> Double {
    let total = counts.reduce(0, +)
    guard total > 0 else { return .nan }
    let n = Double(total)
    // Most columns of many values have few different counts.
    var known = [Double](repeating: .nan, count: 1024)
    var sum = ExactSum()
    for count in counts where count > 0 {
      if count < known.count, !known[count].isNaN {
        sum.add(known[count])
        continue
      }
      let share = Double(count) / n
      let term = -share * logarithm(count, of: total)
      if count < known.count { known[count] = term }
      sum.add(term)
    }
    return sum.value / DoubleDouble.ln2.high
  }

  /// ln(count / total), also where it is nearly 0.
  private static func logarithm(_ count: Int, of total: Int) -> Double {
    if count > total / 2 {
      return Elementary.logarithm(onePlus: -Double(total - count) / Double(total))
    }
    return Elementary.logarithm(Double(count) / Double(total))
  }
}

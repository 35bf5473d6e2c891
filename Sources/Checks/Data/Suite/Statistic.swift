/// A number that tells something about a column.
package enum Statistic: Sendable, Hashable {
  case mean
  /// Of a sample: divided by n - 1.
  case std
  case min
  case max
  case sum
  case median
  /// From 0 to 1, linear between order statistics (R-7, as NumPy's default).
  case quantile(Double)
  /// How many different values there are.
  case distinct
  /// Of the values' frequencies, in bits.
  case entropy

  /// As a suite has it.
  package var word: String {
    switch self {
    case .mean: "mean"
    case .std: "std"
    case .min: "min"
    case .max: "max"
    case .sum: "sum"
    case .median: "median"
    case .quantile(let share): "quantile \(share)"
    case .distinct: "distinct"
    case .entropy: "entropy"
    }
  }
}

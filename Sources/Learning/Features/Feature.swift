import Compute

/// How one column of a table becomes numbers.
package struct Feature: Sendable, Hashable {
  package var name: String
  package var encoding: Encoding

  package enum Encoding: Sendable, Hashable {
    /// (value - mean) / scale, and 0 where the value is missing.
    case standardized(mean: Double, scale: Double)
    /// A column of 0 and 1 for each category, in this order; one more for missing values, last,
    /// when the training data had some. A category that is not listed is 0 everywhere.
    case oneHot(categories: [String], missing: Bool)
  }

  package init(_ name: String, _ encoding: Encoding) {
    self.name = name
    self.encoding = encoding
  }

  /// Columns that it fills.
  package var width: Int {
    switch encoding {
    case .standardized: 1
    case .oneHot(let categories, let missing): categories.count + (missing ? 1 : 0)
    }
  }

  /// The names of the columns it fills: `sex=male`, `sex=` for missing.
  package var columnNames: [String] {
    switch encoding {
    case .standardized: [name]
    case .oneHot(let categories, let missing):
      categories.map { "\(name)=\($0)" } + (missing ? ["\(name)="] : [])
    }
  }
}

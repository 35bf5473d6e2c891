/// A column that a boosted model looks at.
package struct ModelFeature: Sendable, Hashable {
  package var name: String
  package var kind: Kind
  /// The names of the categories, by their codes; empty when codes are all there is.
  package var categories: [String]
  /// The least and the largest value in training; nil where unknown. LightGBM writes it.
  package var range: ClosedRange<Double>?
  /// What LightGBM takes for missing in this column.
  package var missing: MissingRule

  /// What a column holds; the raw values are XGBoost's `feature_types`.
  package enum Kind: String, Sendable, Hashable {
    case float, int, indicator = "i", quantitative = "q", categorical = "c"
  }

  package init(
    name: String, kind: Kind = .float, categories: [String] = [],
    range: ClosedRange<Double>? = nil, missing: MissingRule = .nan
  ) {
    self.name = name
    self.kind = kind
    self.categories = categories
    self.range = range
    self.missing = missing
  }
}

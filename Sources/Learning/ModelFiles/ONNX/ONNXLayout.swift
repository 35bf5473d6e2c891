/// How a graph takes its rows.
package enum ONNXLayout: Sendable, Hashable {
  /// One input, a row for each row and a column for each feature; models with columns of text
  /// cannot take it, and have an input for each column whatever is asked for.
  case matrix
  /// An input for each column, by its name: what MLflow needs to give it the columns of a
  /// `DataFrame`.
  case columns
}

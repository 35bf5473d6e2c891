import Platform

/// What experiments are sorted by: `name DESC`. After the orders given comes the larger id, as in MLflow.
package struct ExperimentOrder: Sendable, Hashable {
  var attribute: ExperimentField.Attribute
  var isAscending: Bool

  /// Parses one item of MLflow's `order_by`.
  ///
  /// - Throws: ``ParseFailure`` with the column, counted in Unicode scalars from 1.
  package init(parsing text: String) throws(ParseFailure) {
    var parser = try SearchParser(text)
    let start = parser.current
    guard case .attribute(let attribute) = try parser.takeExperimentField() else {
      throw parser.failure("experiments cannot be ordered by a tag", at: start)
    }
    self.attribute = attribute
    isAscending = !parser.take(word: "DESC")
    if isAscending { _ = parser.take(word: "ASC") }
    guard parser.current == nil else {
      throw parser.failure(
        "expected ASC or DESC, found \(parser.found)",
        hint: "one order is one field and a direction")
    }
  }

  init(_ attribute: ExperimentField.Attribute, isAscending: Bool) {
    self.attribute = attribute
    self.isAscending = isAscending
  }
}

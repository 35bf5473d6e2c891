import Platform

extension RunOrder {
  /// Parses one order of MLflow's `order_by`: a field, then `ASC` or `DESC` in either case; ascending when nothing is
  /// said.
  ///
  /// - Throws: ``ParseFailure`` with the column, counted in Unicode scalars from 1.
  package init(parsing text: String) throws(ParseFailure) {
    var parser = try SearchParser(text)
    let start = parser.current
    field = try parser.takeField(aliases: RunField.Attribute.orderAliases)
    if case .dataset = field {
      throw parser.failure("runs cannot be ordered by a dataset", at: start)
    }
    isAscending = !parser.take(word: "DESC")
    if isAscending { _ = parser.take(word: "ASC") }
    guard parser.current == nil else {
      throw parser.failure(
        "expected ASC or DESC, found \(parser.found)",
        hint: "one order is one field and a direction")
    }
  }
}

import Platform

/// What models or versions are sorted by.
struct RegistryOrder: Sendable, Hashable {
  /// The word of the grammar.
  var field: String
  var isAscending: Bool

  /// Parses orders such as `name DESC`; ascending when nothing is said.
  ///
  /// - Parameter fields: the fields by their words; words for the same field have the same text.
  /// - Throws: ``RecordFailure`` for what is no order, and for a field that stands twice.
  static func parse(
    _ texts: [String], fields: [String: String], inWords: String, takesPrefix: Bool
  ) throws(RecordFailure) -> [RegistryOrder] {
    var orders: [RegistryOrder] = []
    for text in texts {
      let order = try one(text, fields: fields, inWords: inWords, takesPrefix: takesPrefix)
      guard !orders.contains(where: { $0.field == order.field }) else {
        throw .registry(
          "`order_by` contains duplicate fields: \(texts)", "ordered twice by `\(order.field)`")
      }
      orders.append(order)
    }
    return orders
  }

  private static func one(
    _ text: String, fields: [String: String], inWords: String, takesPrefix: Bool
  ) throws(RecordFailure) -> RegistryOrder {
    var parser: SearchParser
    do { parser = try SearchParser(text) } catch { throw .badOrder(text, error.message) }
    if takesPrefix, parser.take(word: "ATTRIBUTE") {
      guard parser.take(mark: ".") else { throw .badOrder(text, "expected a field") }
    }
    guard let token = parser.current, token.kind == .word || token.isName else {
      throw .badOrder(text, "expected a field, found \(parser.found)")
    }
    parser.advance()
    let isDescending = parser.take(word: "DESC")
    if !isDescending { _ = parser.take(word: "ASC") }
    guard parser.current == nil else {
      if parser.current?.kind == .word, parser.peek(1) == nil {
        throw .registry(
          "Invalid ordering key in order_by clause '\(text)'.",
          "expected ASC or DESC, found \(parser.found)", hint: "such as `name DESC`")
      }
      throw .badOrder(text, "expected ASC or DESC, found \(parser.found)")
    }
    let word = token.text.lowercased() == "timestamp" ? "timestamp" : token.text
    guard let field = fields[word] else {
      throw .registry(
        "Invalid \(takesPrefix ? "attribute key" : "order by key") '\(token.text)' specified. "
          + "Valid keys are '\(inWords)'",
        "there is no order by `\(token.text)`",
        hint: "order by \(fields.keys.sorted().joined(separator: ", "))")
    }
    return RegistryOrder(field: field, isAscending: !isDescending)
  }

  /// The order as a term of ORDER BY.
  var sql: String { field + (isAscending ? "" : " DESC") }
}

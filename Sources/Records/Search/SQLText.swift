import GRDB

/// A piece of SQL with the values of its question marks.
struct SQLText {
  var sql: String
  var arguments: [any DatabaseValueConvertible]

  init(_ sql: String, _ arguments: [any DatabaseValueConvertible] = []) {
    self.sql = sql
    self.arguments = arguments
  }

  static func + (left: SQLText, right: SQLText) -> SQLText {
    SQLText(left.sql + right.sql, left.arguments + right.arguments)
  }

  static func += (left: inout SQLText, right: SQLText) { left = left + right }

  /// All of the conditions, joined by AND; true when there are none.
  static func all(_ conditions: [SQLText]) -> SQLText {
    guard let first = conditions.first else { return SQLText("1") }
    return conditions.dropFirst().reduce(first) { $0 + SQLText(" AND ") + $1 }
  }

  /// A text literal.
  static func literal(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}

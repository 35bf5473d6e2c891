import Compute
import Platform

/// A column as an order of rows in time.
enum RowTimes {
  /// The rows from the earliest to the latest; rows of one time stay as they stand.
  ///
  /// The column holds numbers, or dates and times in one form that begins with the year, such as
  /// `2026-11-22 05:47`, which sort as text.
  ///
  /// - Throws: ``Failure`` for a column that is not there, other text, and rows without a value.
  static func sorted(_ rows: [Int], by name: String, of table: Table) throws -> [Int] {
    guard let column = table[name] else { throw Failure.missingColumn(name, in: table) }
    if let row = rows.first(where: { column.isMissing($0) }) {
      throw Failure(
        .invalid, "column `\(name)` has no value, and `time` needs one in every row",
        at: table.location(row: row))
    }
    switch column.values {
    case .numbers(let values):
      return rows.sorted { values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1 }
    case .codes(let codes, let categories):
      let texts = categories.map { Array($0.utf8) }
      var shape: [UInt8]?
      for row in rows {
        let text = texts[Int(codes[row])]
        let own = Self.shape(text)
        guard isDate(own), shape == nil || shape == own else {
          throw Failure(
            .invalid, "column `\(name)` is no time: it holds `\(categories[Int(codes[row])])`",
            hint: "`time` takes numbers, or dates in one form such as 2026-11-22",
            at: table.location(row: row))
        }
        shape = own
      }
      return rows.sorted {
        let (a, b) = (codes[$0], codes[$1])
        return a == b ? $0 < $1 : texts[Int(a)].lexicographicallyPrecedes(texts[Int(b)])
      }
    }
  }

  /// The text with every digit as 0.
  private static func shape(_ text: [UInt8]) -> [UInt8] {
    text.map { 0x30...0x39 ~= $0 ? 0x30 : $0 }
  }

  private static func isDate(_ shape: [UInt8]) -> Bool { shape.starts(with: "0000-00".utf8) }
}

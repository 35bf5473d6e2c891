import Compute
import Platform

/// A column as groups of rows.
struct RowGroups {
  /// The group of each of the rows, numbered in the order of their values.
  let numbers: [Int]
  let count: Int

  /// - Parameters:
  ///   - rows: the rows of the table that take part, in order.
  ///   - key: what names the column, for messages.
  /// - Throws: ``Failure`` for a column that is not there and for rows without a value.
  init(_ name: String, of table: Table, rows: [Int], key: String) throws {
    guard let column = table[name] else { throw Failure.missingColumn(name, in: table) }
    if let row = rows.first(where: { column.isMissing($0) }) {
      throw Failure(
        .invalid, "column `\(name)` has no value, and `\(key)` needs one in every row",
        hint: "fill it, or give such rows a group of their own", at: table.location(row: row))
    }
    switch column.values {
    case .numbers(let values):
      (numbers, count) = Self.numbered(rows.map { values[$0] }, by: <)
    case .codes(let codes, let categories):
      let texts = categories.map { Array($0.utf8) }
      let order = texts.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
      var places = [Int](repeating: 0, count: order.count)
      for (place, old) in order.enumerated() { places[old] = place }
      (numbers, count) = Self.numbered(rows.map { places[Int(codes[$0])] }, by: <)
    }
  }

  private static func numbered<Value: Hashable>(
    _ values: [Value], by order: (Value, Value) -> Bool
  ) -> ([Int], Int) {
    let distinct = Set(values).sorted(by: order)
    let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    return (values.map { places[$0] ?? 0 }, distinct.count)
  }
}

import Compute
import Platform

/// A target column as classes.
struct ClassTarget {
  /// Sorted: whole numbers by value, text by code points.
  let classes: [String]
  /// The class of each row of the table, -1 where it is missing.
  let labels: [Int32]

  init(_ table: Table, _ options: TableOptions) throws {
    guard let column = table[options.target] else {
      throw Failure.missingColumn(options.target, in: table)
    }
    if case .numbers(let numbers) = column.values {
      // Doubles hold whole numbers up to 2^53 apart.
      if let row = numbers.firstIndex(where: {
        !$0.isNaN && ($0 != $0.rounded() || abs($0) > 0x1p53)
      }) {
        throw Failure(
          .invalid, "column `\(column.name)` holds \(numbers[row]), which is no class",
          hint:
            "logistic predicts classes: text or whole numbers; or say `categorical: \(column.name)`",
          at: table.location(row: row))
      }
    }
    let texts = CategoryCodes(column)
    guard texts.codes.contains(where: { $0 >= 0 }) else {
      throw Failure(
        .invalid, "column `\(column.name)` has no value in any row", at: table.location())
    }
    guard texts.categories.count <= options.maximumCategories else {
      throw Failure(
        .invalid,
        "column `\(column.name)` has \(texts.categories.count) classes, more than \(options.maximumCategories)",
        hint: "is it the right target? if so, raise `max_categories`", at: table.location())
    }
    let isNumeric = if case .numbers = column.values { true } else { false }
    let order = texts.categories.indices.sorted { a, b in
      let (x, y) = (texts.categories[a], texts.categories[b])
      if isNumeric, column.kind != .bool, let m = Int64(x), let n = Int64(y) { return m < n }
      return x.utf8.lexicographicallyPrecedes(y.utf8)
    }
    classes = order.map { texts.categories[$0] }
    var places = [Int32](repeating: 0, count: order.count)
    for (place, old) in order.enumerated() { places[old] = Int32(place) }
    labels = texts.codes.map { $0 < 0 ? -1 : places[Int($0)] }
  }
}

import Compute
import Platform

/// A target column as the numbers that boosting learns.
struct BoostingLabels {
  /// Sorted: whole numbers by value, text by code points. Empty when numbers are learnt.
  let classes: [String]
  /// The class or the number of each row, NaN where it is missing.
  let values: [Double]

  init(_ column: Column, _ table: Table, _ settings: BoostingSettings) throws {
    let isNumeric = if case .numbers = column.values { column.kind != .bool } else { false }
    let isCategorical = settings.categorical.contains(column.name)
    guard settings.wantsClasses ?? (!isNumeric || isCategorical) else {
      guard let numbers = column.numbers else {
        throw Failure(
          .invalid,
          "column `\(column.name)` is text, and `\(settings.objective ?? "")` learns numbers",
          hint: "is it the right target, or the right `objective`?", at: table.location())
      }
      if let row = numbers.firstIndex(where: \.isInfinite) {
        throw Failure(
          .invalid, "column `\(column.name)` holds an infinite number",
          hint: "correct it, or leave the row empty", at: table.location(row: row))
      }
      classes = []
      values = numbers
      return
    }
    if case .numbers(let numbers) = column.values,
      let row = numbers.firstIndex(where: { !$0.isNaN && ($0 != $0.rounded() || abs($0) > 0x1p53) })
    {
      throw Failure(
        .invalid, "column `\(column.name)` holds \(numbers[row]), which is no class",
        hint: "classes are text or whole numbers; for numbers leave `objective` out",
        at: table.location(row: row))
    }
    let texts = CategoryCodes(column)
    let order = texts.categories.indices.sorted { a, b in
      let (x, y) = (texts.categories[a], texts.categories[b])
      if isNumeric, let m = Int64(x), let n = Int64(y) { return m < n }
      return x.utf8.lexicographicallyPrecedes(y.utf8)
    }
    guard order.count >= 2, order.count <= 10_000 else {
      throw Failure(
        .invalid, "column `\(column.name)` has \(counted(order.count, "class"))",
        hint: order.count < 2
          ? "at least two classes are needed to tell apart" : "is it the right target?",
        at: table.location())
    }
    var places = [Double](repeating: 0, count: order.count)
    for (place, old) in order.enumerated() { places[old] = Double(place) }
    classes = order.map { texts.categories[$0] }
    values = texts.codes.map { $0 < 0 ? .nan : places[Int($0)] }
  }
}

import Compute
import Platform

/// Finds out how the columns of a table become numbers, looking at the training rows only.
struct FeatureFitting {
  let table: Table
  /// The rows to learn from, in order.
  let rows: [Int]
  /// Columns that are categories although their cells are numbers.
  let categorical: Set<String>
  let maximumCategories: Int

  /// What became of one column.
  enum Outcome {
    case feature(Feature)
    /// It says nothing; why, as a person should read it.
    case useless(String)
  }

  func fit(_ column: Column) throws -> Outcome {
    if rows.allSatisfy({ column.isMissing($0) }) { return .useless("has no value in any row") }
    switch column.values {
    case .numbers(let numbers): return try fit(column, numbers)
    case .codes(let codes, let categories): return try fit(column, codes, categories)
    }
  }

  private func fit(_ column: Column, _ numbers: [Double]) throws -> Outcome {
    if let row = numbers.firstIndex(where: \.isInfinite) {
      throw Failure(
        .invalid, "column `\(column.name)` holds an infinite number",
        hint: "correct it, or leave the column out with `drop: \(column.name)`",
        at: table.location(row: row))
    }
    let values = rows.lazy.map { numbers[$0] }.filter { !$0.isNaN }
    var (sum, count, low, high) = (0.0, 0.0, Double.infinity, -Double.infinity)
    for value in values {
      sum += value
      count += 1
      low = min(low, value)
      high = max(high, value)
    }
    if low == high { return .useless("is the same in every row") }
    let mean = sum / count
    var squares = 0.0
    for value in values { squares += (value - mean) * (value - mean) }
    let scale = (squares / count).squareRoot()
    guard mean.isFinite, scale.isFinite, scale >= .leastNormalMagnitude else {
      throw Failure(
        .invalid,
        "column `\(column.name)` cannot be standardised: its numbers run from \(low) to \(high)",
        hint: "rescale it, or leave it out with `drop: \(column.name)`", at: table.location())
    }
    return .feature(Feature(column.name, .standardized(mean: mean, scale: scale)))
  }

  private func fit(_ column: Column, _ codes: [Int32], _ categories: [String]) throws -> Outcome {
    try rejectStrayText(column, codes, categories)
    var isUsed = [Bool](repeating: false, count: categories.count)
    var missing = false
    for row in rows {
      if codes[row] < 0 { missing = true } else { isUsed[Int(codes[row])] = true }
    }
    // UTF-8's order is that of the code points, as scikit-learn sorts them.
    let used = categories.indices.filter { isUsed[$0] }.map { categories[$0] }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard used.count <= maximumCategories else {
      throw Failure(
        .invalid,
        "column `\(column.name)` has \(used.count) categories, more than \(maximumCategories)",
        hint: "leave it out with `drop: \(column.name)`, or raise `max_categories`",
        at: table.location())
    }
    if used.count + (missing ? 1 : 0) < 2 { return .useless("is the same in every row") }
    return .feature(Feature(column.name, .oneHot(categories: used, missing: missing)))
  }

  /// A column where nearly all cells are numbers was meant to be one of numbers: the others are
  /// mistakes.
  private func rejectStrayText(
    _ column: Column, _ codes: [Int32], _ categories: [String]
  ) throws {
    guard !categorical.contains(column.name), let census = column.census,
      let row = census.firstText, codes[row] >= 0, census.numbers >= 20 * census.texts
    else { return }
    throw Failure(
      .invalid,
      "column `\(column.name)` holds numbers, but `\(categories[Int(codes[row])])` is none",
      hint: "correct it, or say `categorical: \(column.name)`, or `drop: \(column.name)`",
      at: table.location(row: row))
  }
}

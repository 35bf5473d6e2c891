import Compute
import Platform

/// A column with the weights of the rows.
enum RowWeights {
  /// - Throws: ``Failure`` for a column that is not there, text, and weights that are missing,
  ///   infinite or below 0.
  static func read(_ name: String, from table: Table) throws -> [Double] {
    guard let column = table[name] else { throw Failure.missingColumn(name, in: table) }
    guard let numbers = column.numbers else {
      throw Failure(.invalid, "the weights in column `\(name)` are text", at: table.location())
    }
    if let row = numbers.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw Failure(
        .invalid, "the weight in column `\(name)` is \(numbers[row])",
        hint: "weights are numbers of at least 0", at: table.location(row: row))
    }
    return numbers
  }
}

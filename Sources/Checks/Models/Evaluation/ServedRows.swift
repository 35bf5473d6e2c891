import Compute
import Platform

/// Rows of a table beside those of a log that have the same key.
struct ServedRows {
  struct Pair {
    var row: Int
    /// In the log.
    var served: Int
    /// `id=17`.
    var key: String
  }

  /// In the order of the log, which may have a row more than once.
  private(set) var pairs: [Pair] = []
  /// Keys that are only in the table, and only in the log.
  private(set) var onlyHere: [String] = []
  private(set) var onlyServed: [String] = []

  /// - Parameter rows: those of the table that count.
  /// - Throws: ``Failure``: a column is not there, a row has no key, or two rows of the table have one.
  init(_ columns: [String], of table: Table, rows: [Int], log: Table) throws {
    let own = try Self.keys(columns, of: table, "the table")
    let served = try Self.keys(columns, of: log, "the log")
    var places: [[String]: Int] = [:]
    // A row that does not count was served all the same: it is not missing here.
    var others = Set(own)
    for row in rows {
      if let first = places.updateValue(row, forKey: own[row]) {
        throw Failure(
          .invalid,
          "rows \(first + 1) and \(row + 1) have one key, \(Self.text(columns, own[row]))",
          hint: "name more columns that together name a row: `on [id, day]`")
      }
      others.remove(own[row])
    }
    var isServed: Set<[String]> = []
    for (row, key) in served.enumerated() {
      let isNew = isServed.insert(key).inserted
      if let place = places[key] {
        pairs.append(Pair(row: place, served: row, key: Self.text(columns, key)))
      } else if isNew, !others.contains(key) {
        onlyServed.append(Self.text(columns, key))
      }
    }
    onlyHere = rows.filter { !isServed.contains(own[$0]) }.map { Self.text(columns, own[$0]) }
  }

  private static func keys(_ names: [String], of table: Table, _ what: String) throws -> [[String]]
  {
    var keys = [[String]](repeating: [], count: table.rowCount)
    for name in names {
      guard let column = table[name] else {
        var failure = Failure.noColumn(name, in: table)
        failure.message += " in \(what)"
        throw failure
      }
      for row in keys.indices {
        guard let text = CellText.text(column, row) else {
          throw Failure(.invalid, "row \(row + 1) of \(what) has no `\(name)`, which names rows")
        }
        keys[row].append(text)
      }
    }
    return keys
  }

  private static func text(_ names: [String], _ key: [String]) -> String {
    zip(names, key).map { "\($0)=\($1)" }.joined(separator: ", ")
  }
}

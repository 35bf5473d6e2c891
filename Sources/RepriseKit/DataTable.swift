import Compute
import Learning
import Platform
import SystemPackage

/// Columns of equal length, read as Reprise reads tables: CSV, gzip and zstd, JSON Lines, NumPy's arrays, ….
///
/// A column holds numbers (NaN where missing) or texts (nil where missing).
public struct DataTable: Sendable {
  let table: Table

  init(_ table: Table) { self.table = table }

  /// Reads a file, whatever its format is.
  ///
  /// - Throws: ``RepriseError`` with file and line.
  public init(reading path: String) throws {
    table = try told {
      try TableFile.read(FileSystem.absolute(FilePath(path), in: FileSystem.workingDirectory()))
    }
  }

  /// A table of the columns that are given.
  ///
  /// - Throws: ``RepriseError`` for columns of differing length and names that stand twice.
  public init(_ columns: [(name: String, values: Values)]) throws {
    table = try told {
      var names: Set<String> = []
      for column in columns {
        guard names.insert(column.name).inserted else {
          throw Failure(.invalid, "two columns are named `\(column.name)`")
        }
        guard column.values.count == columns[0].values.count else {
          throw Failure(
            .invalid,
            "column `\(column.name)` has \(column.values.count) rows, the first one \(columns[0].values.count)"
          )
        }
      }
      return Table(
        columns.map { name, values in
          switch values {
          case .numbers(let numbers): Column(name, numbers)
          case .texts(let texts): Column(name, texts)
          }
        })
    }
  }

  /// What the cells of a column hold.
  public enum Values: Sendable, Hashable {
    case numbers([Double])
    case texts([String?])

    /// The number of cells.
    public var count: Int {
      switch self {
      case .numbers(let numbers): numbers.count
      case .texts(let texts): texts.count
      }
    }
  }

  /// The number of rows.
  public var rowCount: Int { table.rowCount }
  /// In the order of the file.
  public var columnNames: [String] { table.columns.map(\.name) }

  /// The cells of a column; nil when there is none of that name.
  public subscript(name: String) -> Values? {
    guard let column = table[name] else { return nil }
    switch column.values {
    case .numbers(let numbers): return .numbers(numbers)
    case .codes(let codes, let categories):
      return .texts(codes.map { $0 < 0 ? nil : categories[Int($0)] })
    }
  }

  /// The numbers of a column.
  ///
  /// - Throws: ``RepriseError`` when there is no such column or it holds text.
  public func numbers(_ name: String) throws -> [Double] {
    try told {
      guard let column = table[name] else {
        throw Failure(
          .notFound, "no column named `\(name)`",
          hint: nearestName(to: name, among: columnNames).map { "did you mean `\($0)`?" })
      }
      guard let numbers = column.numbers else {
        throw Failure(
          .invalid, "column `\(name)` holds text", at: table.location(row: column.census?.firstText)
        )
      }
      return numbers
    }
  }

  /// The rows at some places, in that order.
  public func rows(_ places: [Int]) -> DataTable {
    DataTable(
      Table(
        table.columns.map { column in
          switch column.values {
          case .numbers(let numbers):
            return Column(
              name: column.name, kind: column.kind, values: .numbers(places.map { numbers[$0] }))
          case .codes(let codes, let categories):
            return Column(
              name: column.name, kind: column.kind,
              values: .codes(places.map { codes[$0] }, categories: categories))
          }
        }))
  }

  /// Rows to learn from and rows to hold out, the same for the same seed.
  ///
  /// - Parameter column: one whose values are to be in both parts in the same proportion; nil for none.
  public func split(
    holdingOut fraction: Double, seed: UInt64, stratifiedBy column: String? = nil
  ) throws -> (train: DataTable, test: DataTable) {
    try told {
      guard fraction >= 0, fraction < 1 else {
        throw Failure(.invalid, "\(fraction) is no share of rows to hold out", hint: "such as 0.2")
      }
      let (labels, count) = try classes(column)
      let split = StratifiedSplit(
        rows: Array(0..<rowCount), labels: labels, classCount: count, fraction: fraction,
        seed: seed)
      return (rows(split.train), rows(split.test))
    }
  }

  /// A class for each row; missing values are one of their own.
  private func classes(_ name: String?) throws -> ([Int32], Int) {
    guard let name else { return ([Int32](repeating: 0, count: rowCount), 1) }
    guard let column = table[name] else {
      throw Failure(.notFound, "no column named `\(name)`")
    }
    var known: [String: Int32] = [:]
    let labels = (0..<rowCount).map { row -> Int32 in
      let key: String
      switch column.values {
      case .numbers(let numbers): key = "\(numbers[row])"
      case .codes(let codes, _): key = "\(codes[row])"
      }
      if let label = known[key] { return label }
      known[key] = Int32(known.count)
      return Int32(known.count - 1)
    }
    return (labels, max(1, known.count))
  }
}

import Compute
import Formats

/// The rows of a table as other programs read them.
struct TableText {
  private let table: Table

  init(_ table: Table) { self.table = table }

  /// With a header; what is missing is empty.
  var csv: [UInt8] {
    var writer = CSVWriter()
    writer.write(table.columns.map(\.name))
    for row in 0..<table.rowCount {
      writer.write(table.columns.map { CellText.text($0, row) ?? "" })
    }
    return writer.bytes
  }

  /// An object in each line.
  var lines: [UInt8] {
    JSONValue.lines(
      (0..<table.rowCount).lazy.map { row in
        .object(table.columns.map { .init($0.name, Self.json($0, row)) })
      })
  }

  /// MLflow's `{"dataframe_split": {"columns": […], "data": [[…], …]}}`.
  var split: JSONValue {
    [
      "dataframe_split": [
        "columns": .array(table.columns.map { .string($0.name) }),
        "data": .array(
          (0..<table.rowCount).map { row in .array(table.columns.map { Self.json($0, row) }) }),
      ]
    ]
  }

  private static func json(_ column: Column, _ row: Int) -> JSONValue {
    if column.isMissing(row) { return .null }
    switch column.values {
    case .codes(let codes, let categories): return .string(categories[Int(codes[row])])
    case .numbers(let numbers):
      if column.kind == .bool { return .bool(numbers[row] != 0) }
      guard numbers[row].isFinite else { return .null }
      if column.kind == .int, let whole = Int64(exactly: numbers[row]) { return .int(whole) }
      return .double(numbers[row])
    }
  }
}

/// The cells of a table as text.
enum CellText {
  /// Nil when it is missing; whole numbers without a point, truth values as Python has them.
  static func text(_ column: Column, _ row: Int) -> String? {
    if column.isMissing(row) { return nil }
    switch column.values {
    case .codes(let codes, let categories): return categories[Int(codes[row])]
    case .numbers(let numbers):
      if column.kind == .bool { return numbers[row] == 0 ? "False" : "True" }
      return PlainValue.text(numbers[row])
    }
  }

  /// The order of classes and of groups: by number where all are numbers, else by their bytes.
  static func sorted(_ texts: some Sequence<String>) -> [String] {
    let all = Array(texts)
    let numbers = all.map { PlainValue.number($0) }
    let bytes: (String, String) -> Bool = { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !numbers.contains(nil) else { return all.sorted(by: bytes) }
    return zip(all, numbers.map { $0 ?? 0 }).sorted {
      $0.1 != $1.1 ? $0.1 < $1.1 : bytes($0.0, $1.0)
    }.map(\.0)
  }
}

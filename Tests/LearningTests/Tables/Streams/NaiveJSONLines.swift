import Compute
import Formats
import Platform

/// JSON Lines as a table, value by value: what streams and whole tables must agree with.
enum NaiveJSONLines {
  static func table(_ bytes: [UInt8]) throws(ParseFailure) -> Table {
    var names: [[UInt8]] = []
    var rows: [[[UInt8]: JSONValue]] = []
    var lines: [Int] = []
    let parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if part.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      var row: [[UInt8]: JSONValue] = [:]
      do throws(ParseFailure) {
        guard case .object(let members) = try JSONValue(parsing: Array(part), allowsNonFinite: true)
        else {
          throw ParseFailure("each line must be an object: `{\"name\": value, …}`", column: 1)
        }
        for member in members {
          let key = Array(member.key.utf8)
          if !names.contains(key) { names.append(key) }
          row[key] = member.value
        }
      } catch {
        var problem = error
        problem.line = index + 1
        problem.offset = parts[..<index].reduce(0) { $0 + $1.count + 1 }
        throw problem
      }
      rows.append(row)
      lines.append(index + 1)
    }
    guard !rows.isEmpty else { throw ParseFailure("the file is empty") }
    guard !names.isEmpty else { throw ParseFailure("no line names a column") }
    let columns = names.map { name in
      column(String(decoding: name, as: UTF8.self), rows.map { $0[name] ?? .null })
    }
    return Table(columns, source: "t", lines: RowLines(lines))
  }

  private static func column(_ name: String, _ values: [JSONValue]) -> Column {
    var (numbers, truths, texts, missing) = (0, 0, 0, 0)
    var isWhole = true
    for value in values {
      switch value {
      case .null: missing += 1
      case .int: numbers += 1
      case .double: (numbers, isWhole) = (numbers + 1, false)
      case .bool: truths += 1
      case .string, .array, .object: texts += 1
      }
    }
    if texts + truths == 0 {
      return Column(
        name, values.map(number), kind: isWhole && missing == 0 && numbers > 0 ? .int : .float)
    }
    if texts + numbers + missing == 0 { return Column(name, values.map(number), kind: .bool) }
    return Column(name, values.map(text))
  }

  private static func number(_ value: JSONValue) -> Double {
    switch value {
    case .int(let value): Double(value)
    case .double(let value): value
    case .bool(let value): value ? 1 : 0
    case .null, .string, .array, .object: .nan
    }
  }

  private static func text(_ value: JSONValue) -> String? {
    switch value {
    case .null: nil
    case .string(let text): text
    case .bool(let value): value ? "True" : "False"
    // The only one of the generated lines that is beyond `Int64`.
    case .double(12_345_678_901_234_567_890): "12345678901234567890"
    case .int, .double, .array, .object: value.text()
    }
  }
}

import Compute
import Formats
import Platform

/// Reads JSON Lines: an object in each line, whose keys are columns in the order in which they first appear.
///
/// A column whose values are all numbers is one of numbers, and one of truth values the same; all others are text, in which a
/// number stands as JSON writes it, and lists and objects as their JSON. What is `null`, or not there, is missing.
enum JSONLines {
  static func table(_ bytes: [UInt8], source: String?) throws(ParseFailure) -> Table {
    var order: [String] = []
    var places: [String: Int] = [:]
    var columns: [[JSONValue]] = []
    var lines = RowLines()
    var line = 0
    for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      line += 1
      if part.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      let pairs = try object(part, line)
      let row = lines.count
      lines.append(line)
      for (key, value) in pairs {
        let place: Int
        if let known = places[key] {
          place = known
        } else {
          guard order.count < 100_000 else {
            throw ParseFailure("more than 100,000 different keys", line: line)
          }
          place = order.count
          places[key] = place
          order.append(key)
          columns.append([])
        }
        // Of a key that is there twice the last value counts, as for Python.
        let missing = row - columns[place].count
        if missing < 0 {
          columns[place][row] = value
        } else {
          columns[place] += Array(repeating: .null, count: missing) + [value]
        }
      }
    }
    guard !lines.isEmpty else { throw ParseFailure("the file is empty") }
    guard !order.isEmpty else { throw ParseFailure("no line names a column") }
    let rows = lines.count
    let all = zip(order, columns).map { name, values in
      column(name, values + Array(repeating: .null, count: rows - values.count))
    }
    return Table(all, source: source, lines: lines)
  }

  private static func object(
    _ bytes: ArraySlice<UInt8>, _ line: Int
  ) throws(ParseFailure) -> [(String, JSONValue)] {
    do throws(ParseFailure) {
      guard case .object(let members) = try JSONValue(parsing: Array(bytes), allowsNonFinite: true)
      else { throw ParseFailure("each line must be an object: `{\"name\": value, …}`", column: 1) }
      return members.map { ($0.key, $0.value) }
    } catch {
      var problem = error
      problem.line = line
      throw problem
    }
  }

  private static func column(_ name: String, _ values: [JSONValue]) -> Column {
    var (numbers, truths, texts) = (0, 0, 0)
    var isWhole = true
    for value in values {
      switch value {
      case .null: isWhole = false
      case .int: numbers += 1
      case .double:
        numbers += 1
        isWhole = false
      case .bool: truths += 1
      case .string, .array, .object: texts += 1
      }
    }
    let hasMissing = numbers + truths + texts < values.count
    if texts == 0, truths == 0 {
      return Column(name, values.map(number), kind: isWhole && numbers > 0 ? .int : .float)
    }
    if texts == 0, numbers == 0, !hasMissing {
      return Column(name, values.map(number), kind: .bool)
    }
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
    case .int, .double, .array, .object: value.text()
    }
  }
}

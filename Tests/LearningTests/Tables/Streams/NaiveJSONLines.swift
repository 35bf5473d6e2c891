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
        guard case .object = try JSONValue(parsing: Array(part), allowsNonFinite: true),
          case .object(let members) = try JSONValue(
            parsing: marked(Array(part)), allowsNonFinite: true)
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

  private static let mark = "\u{1}unsigned "

  /// A line with members that are whole numbers beyond `Int64`, and not beyond `UInt64`, as marked texts.
  private static func marked(_ line: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var (depth, isText, place) = (0, false, 0)
    while place < line.count {
      let byte = line[place]
      if isText, byte == UInt8(ascii: "\\") {
        result += line[place..<min(line.count, place + 2)]
        place += 2
        continue
      }
      if byte == UInt8(ascii: "\"") { isText.toggle() }
      if !isText, "{[".utf8.contains(byte) { depth += 1 }
      if !isText, "}]".utf8.contains(byte) { depth -= 1 }
      let digits = line[place...].prefix { (0x30...0x39).contains($0) }
      let isNumber =
        !isText && depth == 1 && !digits.isEmpty
        && !"-+.eE0123456789".utf8.contains(line[place - 1])
      let isWhole = digits.endIndex == line.count || !".eE".utf8.contains(line[digits.endIndex])
      let text = String(decoding: digits, as: UTF8.self)
      if isNumber, isWhole, let value = UInt64(text), value > Int64.max {
        result += Array("\"\\u0001unsigned \(text)\"".utf8)
      } else if isNumber {
        result += digits
      } else {
        result.append(byte)
      }
      place += isNumber ? digits.count : 1
    }
    return result
  }

  private static func unsigned(_ value: JSONValue) -> UInt64? {
    guard case .string(let text) = value, text.hasPrefix(mark) else { return nil }
    return UInt64(text.dropFirst(mark.count))
  }

  private static func column(_ name: String, _ values: [JSONValue]) -> Column {
    var (numbers, truths, texts, missing) = (0, 0, 0, 0)
    var isWhole = true
    for value in values {
      switch value {
      case .null: missing += 1
      case .int: numbers += 1
      case .double: (numbers, isWhole) = (numbers + 1, false)
      case .string where unsigned(value) != nil: (numbers, isWhole) = (numbers + 1, false)
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
    case .string: unsigned(value).map { Double($0) } ?? .nan
    case .null, .array, .object: .nan
    }
  }

  private static func text(_ value: JSONValue) -> String? {
    switch value {
    case .null: nil
    case .string(let text): unsigned(value).map { "\($0)" } ?? text
    case .bool(let value): value ? "True" : "False"
    case .int, .double, .array, .object: value.text()
    }
  }
}

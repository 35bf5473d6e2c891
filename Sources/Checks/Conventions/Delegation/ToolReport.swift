import Formats
import Platform

/// What another checker found, as it printed it.
enum ToolReport: String, Sendable, CaseIterable {
  /// `path:line:column: warning: text`, the column and the word need not be there.
  case gcc
  /// A list of objects, as ruff prints them, or one object a line, as mypy does.
  case json
  /// SARIF 2.1.0.
  case sarif

  struct Entry: Sendable, Hashable {
    var path: String
    var line: Int?
    var column: Int?
    var code: String?
    var message: String
  }

  /// Reads a report; what cannot be read is passed over.
  func entries(_ output: [UInt8]) -> [Entry] {
    switch self {
    case .gcc:
      String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap {
        Self.line(String($0))
      }
    case .json: Self.json(output)
    case .sarif: Self.sarif(output)
    }
  }

  private static func line(_ text: String) -> Entry? {
    var parts = text.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count >= 3, let line = Int(parts[1]), line > 0 else { return nil }
    let column = Int(parts[2])
    parts.removeFirst(column == nil ? 2 : 3)
    var message = parts.joined(separator: ":").drop { $0 == " " }
    for word in ["error: ", "warning: ", "note: "] where message.hasPrefix(word) {
      message = message.dropFirst(word.count)
    }
    // `[RuleName] text`, `text [rule-name]`
    var code: String?
    if message.first == "[", let end = message.firstIndex(of: "]") {
      code = String(message[message.index(after: message.startIndex)..<end])
      message = message[message.index(after: end)...].drop { $0 == " " }
    } else if message.last == "]", let start = message.lastIndex(of: "[") {
      code = String(message[message.index(after: start)...].dropLast())
      message = message[..<start]
      while message.last == " " { message = message.dropLast() }
    }
    let path = text.prefix { $0 != ":" }
    return Entry(
      path: String(path), line: line, column: column, code: code, message: String(message))
  }

  private static func json(_ output: [UInt8]) -> [Entry] {
    var items: [JSONValue] = []
    if let list = (try? JSONValue(parsing: output))?.array {
      items = list
    } else {
      items = output.split(separator: 0x0A).compactMap { try? JSONValue(parsing: Array($0)) }
    }
    return items.compactMap { item in
      guard let path = item["filename"]?.string ?? item["file"]?.string,
        let message = item["message"]?.string
      else { return nil }
      let place = item["location"]
      let code = item["code"]
      return Entry(
        path: path, line: number(place?["row"] ?? item["line"]),
        column: number(place?["column"] ?? item["column"]).map { place == nil ? $0 + 1 : $0 },
        code: code?.string ?? code?["value"]?.string, message: message)
    }
  }

  private static func sarif(_ output: [UInt8]) -> [Entry] {
    let root = try? JSONValue(parsing: output)
    let results = (root?["runs"]?.array ?? []).flatMap { $0["results"]?.array ?? [] }
    return results.compactMap { result in
      let place = result["locations"]?.array?.first?["physicalLocation"]
      guard let path = place?["artifactLocation"]?["uri"]?.string,
        let message = result["message"]?["text"]?.string
      else { return nil }
      return Entry(
        path: path.hasPrefix("file://") ? String(path.dropFirst(7)) : path,
        line: number(place?["region"]?["startLine"]),
        column: number(place?["region"]?["startColumn"]), code: result["ruleId"]?.string,
        message: message)
    }
  }

  private static func number(_ value: JSONValue?) -> Int? {
    value?.int.flatMap { Int(exactly: $0) }.flatMap { $0 > 0 ? $0 : nil }
  }
}

import Formats
import Platform
import Python

/// The values of a file: a text of YAML may hold several, one behind the other.
struct DataDocuments: Sendable {
  enum Format: String, Sendable { case yaml, json, toml }

  private(set) var roots: [DataNode] = []
  /// Larger files are data, and no one's settings.
  static let largest = 16 << 20

  /// - Throws: ``ParseFailure`` with line and column.
  init(_ bytes: [UInt8], _ format: Format) throws(ParseFailure) {
    switch format {
    case .yaml:
      let reader = YAMLReader(Places(bytes))
      for root in try YAMLNode.documents(parsing: bytes) { roots.append(try reader.node(root)) }
    case .json: roots = [try Self.node(JSONNode(parsing: bytes), bytes)]
    case .toml:
      let table = try TOMLTable(parsing: bytes)
      roots = [Self.node(.table(table), 0..<0, Places(bytes))]
    }
  }

  /// Turns lines and columns into bytes.
  struct Places {
    let bytes: [UInt8]
    private let lines: LineTable

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      lines = LineTable(bytes)
    }

    /// - Parameters:
    ///   - line: counted from 1.
    ///   - column: counted from 1, in characters.
    func offset(line: Int, column: Int) -> Int {
      guard line >= 1, line <= lines.count else { return bytes.count }
      var place = lines.start(ofLine: line)
      // A byte-order mark is no character of the line.
      if place == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
      var left = column - 1
      while left > 0, place < bytes.count {
        place += 1
        while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
        left -= 1
      }
      return place
    }
  }

  // MARK: JSON

  private static func node(_ json: JSONNode, _ bytes: [UInt8]) throws(ParseFailure) -> DataNode {
    switch json.content {
    case .object(let members):
      var list: [DataNode.Member] = []
      for member in members {
        list.append(
          DataNode.Member(
            key: member.key, identity: member.key, keyRange: member.keyRange,
            value: try node(member.value, bytes)))
      }
      return DataNode(content: .mapping(list), range: json.range)
    case .array(let items):
      var list: [DataNode] = []
      for item in items { list.append(try node(item, bytes)) }
      return DataNode(content: .list(list), range: json.range)
    case .string:
      guard let text = json.string(in: bytes) else {
        let place = CheckedFile(path: "", bytes: bytes).place(of: json.range.lowerBound)
        throw ParseFailure(
          "an escape that JSON does not have", line: place.line, column: place.column)
      }
      return DataNode(content: .text(text), range: json.range)
    case .plain:
      return DataNode(content: plain(json.plain(in: bytes) ?? ""), range: json.range)
    }
  }

  private static func plain(_ text: String) -> DataNode.Content {
    switch text {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .null
    default:
      if let value = Int64(text) { return .integer(value) }
      if text.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2D }) { return .other(text) }
      return Double(text).map { .number($0) } ?? .other(text)
    }
  }

  // MARK: TOML

  /// TOML's reader knows where keys stand; what is in a list stands where the list's key does.
  private static func node(
    _ value: TOMLValue, _ range: Range<Int>, _ places: Places
  ) -> DataNode {
    let content: DataNode.Content =
      switch value {
      case .string(let text): .text(text)
      case .int(let value): .integer(value)
      case .float(let value): .number(value)
      case .bool(let value): .boolean(value)
      case .date(let text): .date(text)
      case .array(let items): .list(items.map { node($0, range, places) })
      case .table(let table):
        .mapping(
          table.entries.map { entry in
            let start = places.offset(line: entry.line, column: entry.column)
            let own = start..<min(places.bytes.count, start + max(1, entry.key.utf8.count))
            return DataNode.Member(
              key: entry.key, identity: entry.key, keyRange: own,
              value: node(entry.value, own, places))
          })
      }
    return DataNode(content: content, range: range)
  }
}

/// Gives values of YAML their types and places.
private struct YAMLReader {
  private let places: DataDocuments.Places

  init(_ places: DataDocuments.Places) { self.places = places }

  func node(_ yaml: YAMLNode) throws(ParseFailure) -> DataNode {
    DataNode(content: try content(yaml), range: range(yaml), isAlias: yaml.alias != nil)
  }

  private func range(_ yaml: YAMLNode) -> Range<Int> {
    let end = yaml.alias?.end ?? yaml.end
    let start = places.offset(line: yaml.mark.line, column: yaml.mark.column)
    if case .scalar = yaml.content {
      return start..<max(start, places.offset(line: end.line, column: end.column))
    }
    // Of a collection, whose end is where the next thing begins, only the beginning is shown.
    return start..<min(places.bytes.count, start + 1)
  }

  private func content(_ yaml: YAMLNode) throws(ParseFailure) -> DataNode.Content {
    switch yaml.content {
    case .mapping(let pairs, _):
      var members: [DataNode.Member] = []
      for pair in pairs {
        let key = try node(pair.key)
        let value = try node(pair.value)
        if isMerge(pair.key), value.members == nil,
          value.items?.allSatisfy({ $0.members != nil }) != true
        {
          throw pair.value.failure("`<<` merges a mapping, or a list of mappings")
        }
        members.append(
          DataNode.Member(
            key: pair.key.text ?? "", identity: "\(key.type) \(key.text)", keyRange: key.range,
            value: value))
      }
      return .mapping(members)
    case .sequence(let items, _):
      var list: [DataNode] = []
      for item in items { list.append(try node(item)) }
      return .list(list)
    case .scalar(let text, _):
      guard let value = try? yaml.value() else { return .text(text) }
      return switch value {
      case .none: .null
      case .bool(let value): .boolean(value)
      case .int(let value): .integer(value)
      case .float(let value): .number(value)
      case .string(let text): .text(text)
      case .date, .dateTime: .date(text)
      case .bigInt, .bytes, .list, .tuple, .set, .map: .other(text)
      }
    }
  }

  private func isMerge(_ key: YAMLNode) -> Bool {
    if case .scalar("<<", .plain) = key.content { key.tag == nil } else { false }
  }
}

import Formats

extension JSONValue: TreeValue {
  var node: TreeNode<JSONValue> {
    switch self {
    case .null: .plain("null")
    case .bool(let value): .plain("\(value)")
    case .int(let value): .whole(value)
    case .double(let value): .number(value)
    case .string(let text): .text(text)
    case .array(let items): .list(items)
    case .object(let members): .map(members.map { ($0.key, $0.value) })
    }
  }
}

extension UBJSONValue: TreeValue {
  var node: TreeNode<UBJSONValue> {
    switch self {
    case .null: .plain("null")
    case .bool(let value): .plain("\(value)")
    case .int(let value): .whole(value)
    case .double(let value): .number(value)
    case .string(let text): .text(text)
    case .array(let items): .list(items)
    case .object(let members): .map(members.map { ($0.key, $0.value) })
    case .bytes(let values): .wholes(values.map { Int64($0) })
    case .int32s(let values): .wholes(values.map { Int64($0) })
    case .int64s(let values): .wholes(values)
    case .floats(let values): .numbers(values.map { Double($0) })
    case .doubles(let values): .numbers(values)
    }
  }
}

extension YAMLValue: TreeValue {
  var node: TreeNode<YAMLValue> {
    switch self {
    case .none: .plain("null")
    case .bool(let value): .plain("\(value)")
    case .int(let value): .whole(value)
    case .bigInt(let digits): .plain(digits)
    case .float(let value): .number(value)
    case .string(let text): .text(text)
    case .bytes(let bytes): .plain("!!binary " + Base64.encode(bytes))
    case .date(let date): .plain("\(date.year)-\(date.month)-\(date.day)")
    case .dateTime(let time): .text(time.shown)
    case .list(let items), .tuple(let items): .list(items)
    // Python writes a set in an order that depends on the hash seed.
    case .set(let items): .map(items.map { ($0.keyText, .none) })
    case .map(let entries): .map(entries.map { ($0.key.keyText, $0.value) })
    }
  }

  /// A key as the text that it is shown and found by.
  private var keyText: String {
    switch self {
    case .string(let text): text
    case .int(let value): "!int \(value)"
    default: "!\(typeName) \(self)"
    }
  }
}

extension YAMLDateTime {
  /// As ISO 8601 has it, so that it can be left out as a time.
  fileprivate var shown: String {
    let digits = { (value: Int, width: Int) -> String in
      let text = "\(value)"
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let day = "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
    let time = "\(digits(hour, 2)):\(digits(minute, 2)):\(digits(second, 2))"
    return "\(day) \(time).\(digits(microsecond, 6))" + (offset.map { " UTC+\($0)s" } ?? "")
  }
}

extension TOMLValue: TreeValue {
  var node: TreeNode<TOMLValue> {
    switch self {
    case .string(let text): .text(text)
    case .int(let value): .whole(value)
    case .float(let value): .number(value)
    case .bool(let value): .plain("\(value)")
    case .date(let text): .text(text)
    case .array(let items): .list(items)
    case .table(let table): .map(table.entries.map { ($0.key, $0.value) })
    }
  }
}

/// JSON with its numbers as they are written, for texts with whole numbers that take more than 64 bits.
struct WrittenJSON: TreeValue {
  let value: JSONNode
  let bytes: [UInt8]

  var node: TreeNode<WrittenJSON> {
    switch value.content {
    case .string: return .text(value.string(in: bytes) ?? "")
    case .array(let items): return .list(items.map { WrittenJSON(value: $0, bytes: bytes) })
    case .object(let members):
      return .map(members.map { ($0.key, WrittenJSON(value: $0.value, bytes: bytes)) })
    case .plain:
      let text = value.plain(in: bytes) ?? ""
      switch text {
      case "NaN": return .number(.nan)
      case "Infinity": return .number(.infinity)
      case "-Infinity": return .number(-.infinity)
      default:
        guard let number = WrittenNumber(text.utf8) else { return .plain(text) }
        guard number.isWhole else { return .number(number.value) }
        return Int64(text).map { .whole($0) } ?? .plain(text)
      }
    }
  }
}

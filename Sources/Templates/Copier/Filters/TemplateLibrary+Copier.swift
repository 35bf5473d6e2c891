import Formats
import Platform
import SystemPackage

/// The filters of jinja2-ansible-filters, which every copier template has.
extension TemplateLibrary {
  /// What a copier template can use: Jinja's own, ansible's filters, `pathjoin`.
  package static let copier: TemplateLibrary = {
    var library = TemplateLibrary.standard
    AnsibleYAML.register(in: &library)
    AnsibleLibrary.add(to: &library)
    library.addFunction("pathjoin") {
      (arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var path = ""
      for part in arguments.positional {
        guard let text = part.text?.string else {
          throw .type("expected str, bytes or os.PathLike object, not \(part.typeName)")
        }
        path = text.hasPrefix("/") || path.isEmpty ? text : path + "/" + text
      }
      let steps = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
      return .text((path.hasPrefix("/") ? "/" : "") + (steps.isEmpty ? "." : steps))
    }
    return library
  }()

  /// Registers a filter. A closure that throws a typed error cannot be assigned to a subscript: the compiler (6.3.1) fails.
  mutating func addFilter(_ name: String, _ filter: @escaping ValueFunction) {
    filters[name] = filter
  }
}

/// The arguments of a filter by name or place.
struct FilterArguments {
  private var arguments: Arguments
  private var place = 0

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// The next argument of a signature.
  mutating func next(_ name: Text) -> Value? {
    defer { place += 1 }
    if place < arguments.positional.count { return arguments.positional[place] }
    return arguments.named.first { $0.name == name }?.value
  }

  func named(_ name: Text) -> Value? { arguments.named.first { $0.name == name }?.value }

  /// What is left of the positional ones.
  var rest: ArraySlice<Value> { arguments.positional.dropFirst(place) }
}

extension Value {
  /// Python's truth, of plain values.
  var isPlainlyTrue: Bool { ContextValue(self).isTrue }
}

/// `to_yaml`, `from_yaml`, `to_json` and their kin.
enum AnsibleYAML {
  static func register(in library: inout TemplateLibrary) {
    library.addFilter("to_nice_yaml") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(arguments)
      let indent = arguments.next("indent")?.index ?? 4
      return try yaml(value, arguments, indent: indent, flow: false)
    }
    library.addFilter("to_yaml") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      let arguments = FilterArguments(arguments)
      var flow: Bool?
      if let style = arguments.named("default_flow_style"), !style.isNone {
        flow = style.isPlainlyTrue
      }
      return try yaml(value, arguments, indent: arguments.named("indent")?.index ?? 2, flow: flow)
    }
    library.addFilter("from_yaml") {
      (value: Value, given: Arguments, render: Render) throws(TemplateError) -> Value in
      guard let text = value.text else { return value }
      do throws(ParseFailure) {
        return ContextValue(try YAMLValue(parsing: text.bytes)).value()
      } catch { throw TemplateError("ParserError", error.message) }
    }
    library.addFilter("to_json") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      let arguments = FilterArguments(arguments)
      let indent = arguments.named("indent")?.index
      return .text(
        try PythonJSONText.text(
          ContextValue(value), indent: indent,
          sortsKeys: arguments.named("sort_keys")?.isPlainlyTrue == true,
          escapes: arguments.named("ensure_ascii")?.isPlainlyTrue != false))
    }
    library.addFilter("to_nice_json") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(arguments)
      let indent = arguments.next("indent")?.index ?? 4
      let sorts = arguments.next("sort_keys")?.isPlainlyTrue != false
      return .text(
        try PythonJSONText.text(
          ContextValue(value), indent: indent, sortsKeys: sorts,
          escapes: arguments.named("ensure_ascii")?.isPlainlyTrue != false))
    }
    library.addFilter("from_json") {
      (value: Value, given: Arguments, render: Render) throws(TemplateError) -> Value in
      guard let text = value.text else {
        throw .type("the JSON object must be str, bytes or bytearray, not \(value.typeName)")
      }
      do throws(ParseFailure) {
        return ContextValue(try JSONValue(parsing: text.bytes, allowsNonFinite: true)).value()
      } catch { throw TemplateError("JSONDecodeError", error.message) }
    }
  }

  private static func yaml(
    _ value: Value, _ arguments: FilterArguments, indent: Int, flow: Bool?
  ) throws(TemplateError) -> Value {
    var options = PythonYAMLWriter.Options(indent: indent, flowStyle: flow)
    if let sorts = arguments.named("sort_keys") { options.sortsKeys = sorts.isPlainlyTrue }
    if let width = arguments.named("width")?.index { options.width = width }
    if case .undefined(let undefined) = value { throw undefined.error }
    return .text(PythonYAMLWriter.text(ContextValue(value).yaml, options))
  }
}

/// JSON text as Python's `json.dumps` writes it.
enum PythonJSONText {
  static func text(
    _ value: ContextValue, indent: Int?, sortsKeys: Bool, escapes: Bool, level: Int = 0
  ) throws(TemplateError) -> String {
    guard level < 500 else { throw .init("RecursionError", "maximum recursion depth exceeded") }
    func inner(_ value: ContextValue) throws(TemplateError) -> String {
      try text(value, indent: indent, sortsKeys: sortsKeys, escapes: escapes, level: level + 1)
    }
    func joined(_ parts: [String], _ open: String, _ close: String) -> String {
      guard !parts.isEmpty else { return open + close }
      guard let indent else { return open + parts.joined(separator: ", ") + close }
      let pad = "\n" + String(repeating: " ", count: max(0, indent) * (level + 1))
      let last = "\n" + String(repeating: " ", count: max(0, indent) * level)
      return open + pad + parts.joined(separator: "," + pad) + last + close
    }
    switch value {
    case .none: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .bigInt(let value): return String(value)
    case .float(let value):
      if value.isNaN { return "NaN" }
      if value.isInfinite { return value > 0 ? "Infinity" : "-Infinity" }
      return Printing.plainRepr(.float(value))
    case .string(let text), .markup(let text): return quoted(text, escapes: escapes)
    case .list(let items), .tuple(let items):
      var parts: [String] = []
      for item in items { parts.append(try inner(item)) }
      return joined(parts, "[", "]")
    case .dict(let pairs, _):
      var members: [(Text, String)] = []
      for pair in pairs { members.append((try key(pair.key), try inner(pair.value))) }
      if sortsKeys {
        members.sort { $0.0.bytes.lexicographicallyPrecedes($1.0.bytes) }
      }
      return joined(members.map { quoted($0.0, escapes: escapes) + ": " + $0.1 }, "{", "}")
    }
  }

  private static func key(_ key: ContextValue) throws(TemplateError) -> Text {
    switch key {
    case .string(let text), .markup(let text): return text
    case .none: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .int, .bigInt, .float: return Text(key.pythonText)
    default: throw .type("keys must be str, int, float, bool or None, not \(key.value().typeName)")
    }
  }

  private static func quoted(_ text: Text, escapes: Bool) -> String {
    var out = "\""
    for point in text.codePoints {
      switch point {
      case 0x22: out += "\\\""
      case 0x5C: out += "\\\\"
      case 0x0A: out += "\\n"
      case 0x0D: out += "\\r"
      case 0x09: out += "\\t"
      case 0x08: out += "\\b"
      case 0x0C: out += "\\f"
      case 0..<0x20: out += escape(point)
      case 0x7F... where escapes && point > 0x7E && point != 0x7F:
        if point > 0xFFFF {
          out += escape(0xD800 + (point - 0x10000) >> 10)
          out += escape(0xDC00 + (point - 0x10000) & 0x3FF)
        } else {
          out += escape(point)
        }
      default: out.unicodeScalars.append(Unicode.Scalar(point) ?? "\u{FFFD}")
      }
    }
    return out + "\""
  }

  private static func escape(_ point: UInt32) -> String {
    let digits = String(point, radix: 16)
    return "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

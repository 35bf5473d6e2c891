import Formats
import Glibc

/// A JSON value of a notebook, with everything that a reader and writer of notebooks has to give back: whole numbers of
/// any size, the three words that Python's `json` adds, keys told apart by their code points.
///
/// Values are told apart by their characters' code points, not by canonical equivalence as Swift's strings are.
package enum NotebookJSON: Sendable {
  case null
  case bool(Bool)
  /// A number as it is to be written: a whole one in plain decimal digits of any count, any other as Python's `repr`
  /// of a `float`, and `NaN`, `Infinity`, `-Infinity`. See ``int(_:)-(Int)`` and ``double(_:)-(Double)``.
  case number(String)
  case string(String)
  case array([NotebookJSON])
  case object(NotebookObject)
}

extension NotebookJSON {
  /// A whole number.
  package static func int(_ value: Int) -> NotebookJSON { .number(String(value)) }

  /// A number with a point or an exponent (`1.0`, `1e-07`), or one of the three words.
  package static func double(_ value: Double) -> NotebookJSON {
    if value.isNaN { return .number("NaN") }
    if value.isInfinite { return .number(value < 0 ? "-Infinity" : "Infinity") }
    return .number(PythonText.repr(value))
  }

  /// An object of these members.
  package static func object(_ members: [String: NotebookJSON]) -> NotebookJSON {
    .object(NotebookObject(members))
  }

  /// A value without what only a notebook can hold.
  package init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .number(String(value))
    case .double(let value): self = .double(value)
    case .string(let text): self = .string(text)
    case .array(let items): self = .array(items.map(NotebookJSON.init))
    case .object(let members):
      self = .object(NotebookObject(members.map { ($0.key, NotebookJSON($0.value)) }))
    }
  }

  package var isNull: Bool { if case .null = self { true } else { false } }

  package var string: String? { if case .string(let text) = self { text } else { nil } }

  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// A whole number that fits; nil for every other value, `1.0` too.
  package var int: Int? { if case .number(let text) = self { Int(text) } else { nil } }

  /// Whether it is a whole number, of any size; `1.0` is none.
  var isWhole: Bool {
    guard case .number(let text) = self else { return false }
    return text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
  }

  /// A number as a double, whole or not.
  package var double: Double? {
    guard case .number(let text) = self else { return nil }
    return switch text {
    case "NaN": .nan
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    default: Double(text)
    }
  }

  package var array: [NotebookJSON]? { if case .array(let items) = self { items } else { nil } }

  package var object: NotebookObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The text of a string, or of an array of strings, which is how files hold long ones.
  package var joinedText: String? {
    switch self {
    case .string(let text): return text
    case .array(let items):
      if items.count == 1, case .string(let text) = items[0] { return text }
      var joined = ""
      for item in items {
        guard case .string(let text) = item else { return nil }
        joined += text
      }
      return joined
    default: return nil
    }
  }

  /// A member of an object; nil for every other value. Set, it makes an object of what is none.
  package subscript(key: String) -> NotebookJSON? {
    get { object?[key] }
    set {
      var object = object ?? [:]
      // Let go of before it is changed, so that its members are not copied.
      self = .null
      object[key] = newValue
      self = .object(object)
    }
  }
}

extension NotebookJSON: Equatable {
  package static func == (left: NotebookJSON, right: NotebookJSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)), (.string(let left), .string(let right)):
      left.hasSameBytes(as: right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

// Not by `nil`, which would be taken for null where a member is set to nothing.
extension NotebookJSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .int(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(floatLiteral value: Double) { self = .double(value) }
  package init(arrayLiteral elements: NotebookJSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, NotebookJSON)...) {
    self = .object(NotebookObject(elements))
  }
}

extension String {
  /// Whether two texts have the same code points; `==` holds canonically equivalent ones equal too.
  package func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    // Memory is compared, not an iterator's bytes one by one; a text that is not in one piece has none.
    let areSame = utf8.withContiguousStorageIfAvailable { own in
      other.utf8.withContiguousStorageIfAvailable { others in
        guard let first = own.baseAddress, let second = others.baseAddress else { return true }
        return memcmp(first, second, own.count) == 0
      }
    }
    return (areSame ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}

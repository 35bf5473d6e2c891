import Formats

/// Names and values that a notebook is run with, with the types that Python's values have.
///
/// A name keeps the place where it came first, and has the value that came last, as in Python's dictionaries.
package struct NotebookParameters: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package let name: String
    package var value: YAMLValue
  }

  package private(set) var entries: [Entry] = []

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  package subscript(name: String) -> YAMLValue? {
    entries.first { $0.name.hasSameBytes(as: name) }?.value
  }

  package mutating func set(_ name: String, to value: YAMLValue) {
    if let place = entries.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
      entries[place].value = value
    } else {
      entries.append(Entry(name: name, value: value))
    }
  }

  /// `-p name text`: a text that Python reads as `True`, `False`, `None`, a whole number or a number is that, every other
  /// one stays text.
  package mutating func set(_ name: String, toText text: String) {
    set(name, to: Self.value(ofText: text))
  }

  /// The value that papermill makes of a text.
  package static func value(ofText text: String) -> YAMLValue {
    switch text {
    case "True": return .bool(true)
    case "False": return .bool(false)
    case "None": return .none
    default: break
    }
    if let whole = PythonNumber.wholeNumber(text) { return whole }
    if let number = PythonNumber.float(text) { return .float(number) }
    return .string(text)
  }
}

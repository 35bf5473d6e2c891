/// Which of Jinja2's undefined classes stands for what is missing.
package enum UndefinedKind: String, Sendable, Hashable, CaseIterable {
  /// Prints empty, is false and empty; anything else fails.
  case standard
  /// Fails at every use but `is defined` and `default`.
  case strict
  /// As standard, and its attributes and items are undefined again.
  case chainable
  /// As standard, and prints what was missing.
  case debug

  /// Jinja2's name of the class.
  package var className: String {
    switch self {
    case .standard: "Undefined"
    case .strict: "StrictUndefined"
    case .chainable: "ChainableUndefined"
    case .debug: "DebugUndefined"
    }
  }

  /// Finds a kind by Jinja2's class name, with or without `jinja2.`, or by our own name.
  package init?(name: String) {
    let word = name.split(separator: ".").last.map(String.init) ?? name
    let folded = word.lowercased()
    switch folded {
    case "default", "undefined", "standard": self = .standard
    case "strict", "strictundefined": self = .strict
    case "chainable", "chainableundefined": self = .chainable
    case "debug", "debugundefined": self = .debug
    default: return nil
    }
  }
}

/// What stands for a missing name, attribute or item, and remembers how it was asked for.
package final class Undefined {
  package let kind: UndefinedKind
  package let hint: String?
  /// The value that lacks it; nil when a name is missing.
  package let object: Value?
  /// What is missing: a text, or any key.
  package let name: Value
  /// The exception that its use raises.
  package let exception: String

  package init(
    _ kind: UndefinedKind, hint: String? = nil, object: Value? = nil, name: Value = .none,
    exception: String = "UndefinedError"
  ) {
    self.kind = kind
    self.hint = hint
    self.object = object
    self.name = name
    self.exception = exception
  }

  /// Jinja2's message for its use.
  package var message: String {
    if let hint, !hint.isEmpty { return hint }
    let shown = Printing.plainRepr(name)
    guard let object else { return "\(shown) is undefined" }
    guard name.text != nil else { return "\(object.typeDescription) has no element \(shown)" }
    let description = Printing.plainRepr(.text(object.typeDescription))
    return "\(description) has no attribute \(shown)"
  }

  /// What its use raises.
  package var error: TemplateError { TemplateError(exception, message) }

  /// `str(x)`.
  ///
  /// - Throws: ``error`` for the strict kind.
  package func printed() throws(TemplateError) -> Text {
    switch kind {
    case .standard, .chainable: return .empty
    case .strict: throw error
    case .debug:
      let shown: String
      if let hint, !hint.isEmpty {
        shown = "undefined value printed: \(hint)"
      } else if let object {
        shown = "no such element: \(object.typeDescription)[\(Printing.plainRepr(name))]"
      } else {
        shown = name.text?.string ?? Printing.plainRepr(name)
      }
      return Text("{{ \(shown) }}")
    }
  }
}

import Platform

/// What the command line or the user's configuration says in place of a template's own defaults.
///
/// Only keys that the template has can be overridden, each by the rules of its type: a choice is moved to the front, a
/// truth value is read from its word, maps are merged, everything else is replaced.
package struct AnswerOverrides {
  /// A value that the variable cannot have; the message is cookiecutter's.
  struct Refused: Error {
    var message: String
  }

  /// Applies overrides in their order, up to the first that is refused; what was applied before it stays.
  static func apply(
    _ overrides: AnswerMap, to context: inout AnswerMap, isInside: Bool = false
  ) throws(Refused) {
    for entry in overrides.entries {
      guard let value = context[entry.key] else {
        if isInside { context[entry.key] = entry.value }
        continue
      }
      context[entry.key] = try result(of: entry, over: value, isInside)
    }
  }

  private static func result(
    of entry: AnswerMap.Entry, over value: Answer, _ isInside: Bool
  ) throws(Refused) -> Answer {
    switch (value, entry.value) {
    case (.list, _) where isInside: return entry.value
    case (.list(let choices), .list(let wanted)):
      guard wanted.allSatisfy({ choice in choices.contains { $0.equals(choice) } }) else {
        throw Refused(
          message: "\(entry.value.pythonText) provided for multi-choice variable \(entry.key), "
            + "but valid choices are \(value.pythonText)")
      }
      return entry.value
    case (.list(var choices), let wanted):
      guard let place = choices.firstIndex(where: { $0.equals(wanted) }) else {
        throw Refused(
          message: "\(wanted.pythonText) provided for choice variable \(entry.key), "
            + "but the choices are \(value.pythonText).")
      }
      choices.remove(at: place)
      choices.insert(wanted, at: 0)
      return .list(choices)
    case (.map(var inner), .map(let wanted)):
      try apply(wanted, to: &inner, isInside: true)
      return .map(inner)
    case (.bool, .string(let word)):
      guard let truth = YesNo.value(of: word) else {
        throw Refused(
          message: "\(word) provided for variable \(entry.key) could not be converted to a boolean."
        )
      }
      return .bool(truth)
    default: return entry.value
    }
  }
}

/// The words that mean yes and no.
enum YesNo {
  static let yes = ["1", "true", "t", "yes", "y", "on"]
  static let no = ["0", "false", "f", "no", "n", "off"]

  static func value(of word: String) -> Bool? {
    let word = word.trimmingPythonSpace().lowercased()
    return yes.contains(word) ? true : no.contains(word) ? false : nil
  }
}

extension String {
  /// Python's `strip()`.
  func trimmingPythonSpace() -> String {
    let isSpace = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }
    var rest = Substring(self).unicodeScalars
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(rest)
  }
}

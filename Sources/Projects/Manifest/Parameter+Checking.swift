import Formats
import Platform

extension Parameter {
  /// What is wrong with a value of this parameter; nil when nothing is.
  ///
  /// Numbers are what Python's `int()` and `float()` read; a truth value is `true`, `yes`, `on`, `1` or its opposite in
  /// any case. A `path` is not looked up here.
  package func problem(with value: String, at location: SourceLocation? = nil) -> Failure? {
    guard Self.isValid(value, as: kind) else {
      return Failure(
        .invalid, "`\(name)` is `\(value)`, which is not \(Self.phrase(kind))",
        hint: Self.hint(kind), at: location)
    }
    if let problem = rangeProblem(value) {
      return Failure(.invalid, problem, hint: rangeHint, at: location)
    }
    if !choices.isEmpty, !choices.contains(where: { Self.isSame($0, value, as: kind) }) {
      let near = nearestName(to: value, among: choices).map { "did you mean `\($0)`? " } ?? ""
      return Failure(
        .invalid, "`\(name)` is `\(value)`, which is not among its choices",
        hint: near + "choose one of: " + choices.joined(separator: ", "), at: location)
    }
    return nil
  }

  /// Whether the text is a value of the kind.
  package static func isValid(_ value: String, as kind: Kind) -> Bool {
    switch kind {
    case .int: PythonNumber.isInteger(value)
    case .float: PythonNumber.float(value) != nil
    case .bool: truth(value) != nil
    case .uri: PythonURI.scheme(of: value) != nil
    case .string, .path, .other: true
    }
  }

  /// The truth value that a text names; nil when it names none.
  package static func truth(_ value: String) -> Bool? {
    switch value.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }

  private static func isSame(_ a: String, _ b: String, as kind: Kind) -> Bool {
    if a == b { return true }
    switch kind {
    case .int, .float: return PythonNumber.float(a) == PythonNumber.float(b)
    case .bool: return truth(a) == truth(b)
    case .string, .path, .uri, .other: return false
    }
  }

  private func rangeProblem(_ value: String) -> String? {
    guard minimum != nil || maximum != nil, let number = PythonNumber.float(value) else {
      return nil
    }
    // Written so that a NaN is outside.
    if let minimum, !(number >= minimum) {
      return "`\(name)` is \(value), less than \(Self.shown(minimum))"
    }
    if let maximum, !(number <= maximum) {
      return "`\(name)` is \(value), more than \(Self.shown(maximum))"
    }
    return nil
  }

  private var rangeHint: String {
    switch (minimum, maximum) {
    case (let low?, let high?): "give a value from \(Self.shown(low)) to \(Self.shown(high))"
    case (let low?, nil): "give \(Self.shown(low)) or more"
    case (nil, let high?): "give \(Self.shown(high)) or less"
    case (nil, nil): ""
    }
  }

  /// A bound as a person would write it: `1`, not `1.0`.
  static func shown(_ bound: Double) -> String {
    Int64(exactly: bound).map { String($0) } ?? PythonText.repr(bound)
  }

  private static func phrase(_ kind: Kind) -> String {
    switch kind {
    case .int: "a whole number"
    case .float: "a number"
    case .bool: "a truth value"
    case .uri: "a URI"
    case .string, .path: "a text"
    case .other(let word): "a `\(word)`"
    }
  }

  private static func hint(_ kind: Kind) -> String? {
    switch kind {
    case .int: "write digits only, such as 10"
    case .float: "write a number, such as 0.5 or 1e-3"
    case .bool: "write true or false"
    case .uri: "write it with its scheme, such as s3://bucket/key or file:///data"
    case .string, .path, .other: nil
    }
  }
}

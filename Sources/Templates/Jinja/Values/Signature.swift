/// The parameters of a function written in Python, to tell wrong arguments in CPython 3.11's words.
package struct Signature: Sendable {
  package let name: String
  package let parameters: [Parameter]
  /// Whether `*args` takes what is left.
  package let takesRest: Bool
  /// Whether `**kwargs` takes what is left.
  package let takesNamedRest: Bool

  package struct Parameter: Sendable, ExpressibleByStringLiteral {
    let name: Text
    let isOptional: Bool
    let isKeywordOnly: Bool
    /// A parameter that is required when `name` stands plain, optional when it ends with `?`, and both optional and
    /// keyword-only when it starts with `*` (`"*encoding?"`).
    package init(stringLiteral value: String) {
      var word = Substring(value)
      isKeywordOnly = word.hasPrefix("*")
      if isKeywordOnly { word.removeFirst() }
      isOptional = word.hasSuffix("?")
      if isOptional { word.removeLast() }
      name = Text(String(word))
    }
  }

  /// The arguments by parameter: nil where an optional one was not given.
  package struct Bound {
    package var values: [Value?]
    package var rest: [Value] = []
    package var namedRest: [(name: Text, value: Value)] = []
    package subscript(index: Int) -> Value? { values[index] }
  }

  /// A function's name as Python's messages show it, and its parameters: `Signature("do_default", "value", "default_value?")`.
  package init(
    _ name: String, _ parameters: Parameter..., rest: Bool = false, namedRest: Bool = false
  ) {
    self.name = name
    self.parameters = parameters
    takesRest = rest
    takesNamedRest = namedRest
  }

  /// Sorts arguments to parameters as CPython does.
  ///
  /// - Throws: `TypeError` in CPython's words.
  package func bind(_ arguments: Arguments) throws(TemplateError) -> Bound {
    let positional = parameters.filter { !$0.isKeywordOnly }.count
    var bound = Bound(values: Array(repeating: nil, count: parameters.count))
    for (index, value) in arguments.positional.prefix(positional).enumerated() {
      bound.values[index] = value
    }
    for (name, value) in arguments.named {
      guard let place = parameters.firstIndex(where: { $0.name == name }) else {
        guard takesNamedRest else {
          throw .type("\(self.name)() got an unexpected keyword argument '\(name)'")
        }
        bound.namedRest.append((name, value))
        continue
      }
      guard bound.values[place] == nil else {
        throw .type("\(self.name)() got multiple values for argument '\(name)'")
      }
      bound.values[place] = value
    }
    if arguments.positional.count > positional {
      guard takesRest else { throw tooMany(arguments.positional.count, positional, bound) }
      bound.rest = Array(arguments.positional[positional...])
    }
    try checkMissing(bound, isKeywordOnly: false)
    try checkMissing(bound, isKeywordOnly: true)
    return bound
  }

  private func tooMany(_ given: Int, _ positional: Int, _ bound: Bound) -> TemplateError {
    let required = parameters.filter { !$0.isKeywordOnly && !$0.isOptional }.count
    let span = required == positional ? "\(positional)" : "from \(required) to \(positional)"
    let plural = positional == 1 && required == positional ? "" : "s"
    let named = zip(parameters, bound.values).filter { $0.isKeywordOnly && $1 != nil }.count
    let extra =
      named > 0
      ? " positional argument\(given == 1 ? "" : "s") (and \(named) keyword-only argument"
        + "\(named == 1 ? "" : "s"))" : ""
    let verb = given == 1 && named == 0 ? "was" : "were"
    return .type(
      "\(name)() takes \(span) positional argument\(plural) but \(given)\(extra) \(verb) given")
  }

  private func checkMissing(_ bound: Bound, isKeywordOnly: Bool) throws(TemplateError) {
    var missing: [String] = []
    for (parameter, value) in zip(parameters, bound.values)
    where value == nil && !parameter.isOptional && parameter.isKeywordOnly == isKeywordOnly {
      missing.append("'\(parameter.name)'")
    }
    guard let last = missing.last else { return }
    let kind = isKeywordOnly ? "keyword-only" : "positional"
    let list =
      missing.count < 3
      ? missing.joined(separator: " and ")
      : missing.dropLast().joined(separator: ", ") + ", and " + last
    throw .type(
      "\(name)() missing \(missing.count) required \(kind) argument"
        + "\(missing.count == 1 ? "" : "s"): \(list)")
  }
}

/// The parameters of a method that CPython has in C, which tells wrong arguments in several ways.
struct NativeParameters: Sendable {
  enum Kind: Sendable {
    case none
    case one
    /// `replace expected at least 2 arguments, got 1`.
    case counted(Int, Int)
    /// `find() takes at least 1 argument (0 given)`.
    case parsed(Int, Int)
    /// May be given by name; all are optional.
    case named([Text])
    /// Anything goes.
    case any
  }

  /// The type whose method it is: `str`.
  let type: String
  let name: String
  let kind: Kind

  init(_ type: String, _ name: String, _ kind: Kind) {
    self.type = type
    self.name = name
    self.kind = kind
  }

  /// The arguments in the order of the parameters, nil where one was left out.
  ///
  /// - Parameter receiver: the value whose method it is; messages name its class.
  func bind(
    _ arguments: Arguments, of receiver: Value? = nil
  ) throws(TemplateError) -> [Value?] {
    let type = receiver.map(Self.className) ?? type
    let given = arguments.positional.count
    switch kind {
    case .any: return arguments.positional
    case .named(let names): return try bind(arguments, to: names)
    case .parsed(let least, let most):
      guard arguments.named.isEmpty else { throw .type("\(name)() takes no keyword arguments") }
      guard given >= least, given <= most else {
        let limit = given < least ? least : most
        let bound = least == most ? "exactly" : given < least ? "at least" : "at most"
        throw .type("\(name)() takes \(bound) \(plural(limit)) (\(given) given)")
      }
    case .none:
      try refuseNames(arguments, type)
      guard given == 0 else {
        throw .type("\(type).\(name)() takes no arguments (\(given) given)")
      }
    case .one:
      try refuseNames(arguments, type)
      guard given == 1 else {
        throw .type("\(type).\(name)() takes exactly one argument (\(given) given)")
      }
    case .counted(let least, let most):
      try refuseNames(arguments, type)
      guard given >= least, given <= most else {
        let limit = given < least ? least : most
        let bound = least == most ? "" : given < least ? "at least " : "at most "
        throw .type("\(name) expected \(bound)\(plural(limit)), got \(given)")
      }
    }
    return arguments.positional
  }

  private func plural(_ count: Int) -> String { "\(count) argument\(count == 1 ? "" : "s")" }

  private static func className(_ value: Value) -> String {
    if case .dict(let box) = value { return box.isOrdered ? "OrderedDict" : "dict" }
    return value.typeName
  }

  private func refuseNames(_ arguments: Arguments, _ type: String) throws(TemplateError) {
    guard arguments.named.isEmpty else {
      throw .type("\(type).\(name)() takes no keyword arguments")
    }
  }

  private func bind(_ arguments: Arguments, to names: [Text]) throws(TemplateError) -> [Value?] {
    guard arguments.count <= names.count else {
      let kind = arguments.positional.isEmpty ? "keyword " : ""
      throw .type(
        "\(name)() takes at most \(names.count) \(kind)argument\(names.count == 1 ? "" : "s") "
          + "(\(arguments.count) given)")
    }
    var values: [Value?] = arguments.positional
    values += Array(repeating: nil, count: names.count - values.count)
    for (key, value) in arguments.named {
      guard let place = names.firstIndex(of: key) else {
        throw .type("'\(key)' is an invalid keyword argument for \(name)()")
      }
      guard place >= arguments.positional.count else {
        throw .type(
          "argument for \(name)() given by name ('\(key)') and position (\(place + 1))")
      }
      values[place] = value
    }
    return values
  }
}

import Platform

/// Parameters as a user gave them, under their library's own names.
struct ParameterValues {
  private var texts: [String: String] = [:]
  private var spellings: [String: String] = [:]

  /// - Throws: ``Failure`` for a name that neither the library nor anybody else has, and for one
  ///   parameter that is given under two names with two values.
  init(_ given: [(name: String, value: String)], flavour: TreeFlavour) throws {
    let table = flavour == .xgboost ? ParameterNames.xgboost : ParameterNames.lightgbm
    var names: [String: String] = [:]
    for entry in table {
      names[entry.name] = entry.name
      for alias in entry.aliases { names[alias] = entry.name }
    }
    for (spelling, value) in given where !ParameterNames.ignored.contains(spelling) {
      guard let name = names[spelling] else {
        let hint = nearestName(to: spelling, among: names.keys.sorted())
        throw Failure(
          .invalid, "\(flavour.rawValue) has no parameter `\(spelling)`",
          hint: hint.map { "did you mean `\($0)`?" })
      }
      if let other = texts[name], other != value, let first = spellings[name] {
        throw Failure(
          .invalid, "`\(first)` is \(other) and `\(spelling)` is \(value): both are `\(name)`",
          hint: "give one of them")
      }
      texts[name] = value
      spellings[name] = spelling
    }
  }

  func isGiven(_ name: String) -> Bool { texts[name] != nil }
  func text(_ name: String) -> String? { texts[name] }

  func number(_ name: String) throws -> Double? {
    guard let text = texts[name] else { return nil }
    guard let number = Double(text), number.isFinite else { throw wrong(name, "a number") }
    return number
  }

  func integer(_ name: String) throws -> Int? {
    guard let text = texts[name] else { return nil }
    if let number = Int(text) { return number }
    // `6.0`, as it comes out of JSON.
    guard let number = Double(text), let whole = Int(exactly: number) else {
      throw wrong(name, "a whole number")
    }
    return whole
  }

  func truth(_ name: String) throws -> Bool? {
    guard let text = texts[name]?.lowercased() else { return nil }
    switch text {
    case "1", "true", "+", "yes": return true
    case "0", "false", "-", "no": return false
    default: throw wrong(name, "true or false")
    }
  }

  /// Elements between commas, with or without brackets and quotes.
  func list(_ name: String) -> [String]? {
    texts[name].map { text in
      text.split(whereSeparator: { "[](){} ,'\"".contains($0) }).map(String.init)
    }
  }

  func choice(_ name: String, _ choices: [String]) throws -> String? {
    guard let text = texts[name] else { return nil }
    guard choices.contains(text) else {
      let nearest = nearestName(to: text, among: choices).map { "did you mean `\($0)`? " } ?? ""
      throw Failure(
        .invalid, "`\(spellings[name] ?? name)` cannot be `\(text)`",
        hint: "\(nearest)there is: \(choices.joined(separator: ", "))")
    }
    return text
  }

  private func wrong(_ name: String, _ kind: String) -> Failure {
    Failure(.invalid, "`\(spellings[name] ?? name)` must be \(kind), not `\(texts[name] ?? "")`")
  }
}

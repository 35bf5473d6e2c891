import Platform

/// What the first lines of a commit's message are like: `type(scope): subject`, short, in the imperative, and a blank line
/// before more.
struct MessageRule: Sendable {
  private let limit: Int
  private let types: [String]
  private let needsType: Bool
  private let isImperative: Bool

  init(_ options: RuleOptions) throws(ParseFailure) {
    limit = try options.int("max", 72)
    types = try options.texts("types")
    needsType = try options.bool("type", true)
    isImperative = try options.bool("imperative", true)
  }

  /// - Parameter report: gets the kind of message, the line and the columns from 1, and values.
  func check(
    _ lines: [String], comments: Bool,
    _ report: (String, Int?, Range<Int>?, [String: String]) -> Void
  ) {
    func isComment(_ line: String) -> Bool { comments && line.hasPrefix("#") }
    guard
      let first = lines.firstIndex(where: { line in
        !isComment(line) && line.contains { !$0.isWhitespace }
      })
    else { return report("empty", nil, nil, [:]) }
    let subject = lines[first]
    let count = subject.unicodeScalars.count
    // What git makes itself, and what an interactive rebase folds away.
    let made = ["Merge ", "Revert \"", "Reapply \"", "fixup! ", "squash! ", "amend! "]
    guard !made.contains(where: subject.hasPrefix) else { return }
    if textWidth(subject) > limit {
      report(
        "length", first + 1, (min(limit, count) + 1)..<(count + 1),
        ["width": String(textWidth(subject)), "max": String(limit)])
    }
    if let next = lines.dropFirst(first + 1).first(where: { !isComment($0) }),
      next.contains(where: { !$0.isWhitespace })
    {
      let place = lines[(first + 1)...].firstIndex(of: next) ?? first + 1
      report("blank", place + 1, 1..<2, [:])
    }
    var rest = subject[...]
    let type = Self.type(of: subject)
    if let type {
      rest = type.rest
      if !types.isEmpty, !types.contains(type.name) {
        report(
          "type", first + 1, 1..<(type.name.count + 1),
          ["type": type.name, "types": types.joined(separator: ", ")])
      }
    } else if needsType {
      report("no-type", first + 1, 1..<(count + 1), ["types": types.joined(separator: ", ")])
    }
    if rest.hasSuffix("."), !rest.hasSuffix("...") {
      report("period", first + 1, count..<(count + 1), [:])
    }
    let word = rest.drop { $0.isWhitespace }.prefix { $0.isLetter && $0.isASCII }
    if isImperative, let better = Self.imperative(of: word.lowercased()) {
      let start = subject.unicodeScalars.distance(
        from: subject.startIndex, to: word.startIndex)
      report(
        "imperative", first + 1, (start + 1)..<(start + word.count + 1),
        ["word": String(word), "better": better])
    }
  }

  /// `feat(data)!: rest`.
  private static func type(of subject: String) -> (name: String, rest: Substring)? {
    let name = subject.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    guard !name.isEmpty, name == name.lowercased() else { return nil }
    var rest = subject.dropFirst(name.count)
    if rest.first == "(" {
      guard let close = rest.firstIndex(of: ")"), close > rest.index(after: rest.startIndex) else {
        return nil
      }
      rest = rest[rest.index(after: close)...]
    }
    if rest.first == "!" { rest = rest.dropFirst() }
    guard rest.hasPrefix(": "), rest.count > 2 else { return nil }
    return (String(name), rest.dropFirst(2))
  }

  /// Verbs that messages begin with, in the forms that tell what was done instead of what to do.
  private static let verbs = [
    "add", "allow", "avoid", "bump", "change", "check", "clean", "correct", "create", "delete",
    "deprecate", "disable", "document", "enable", "extract", "fix", "handle", "implement",
    "improve", "include", "introduce", "make", "merge", "mention", "move", "optimize", "refactor",
    "release", "remove", "rename", "reorder", "replace", "resolve", "return", "revert", "rewrite",
    "set", "simplify", "split", "start", "stop", "support", "test", "update", "upgrade", "use",
    "write",
  ]

  private static let forms: [String: String] = {
    var forms = ["made": "make", "wrote": "write", "rewrote": "rewrite", "written": "write"]
    for verb in verbs {
      let stem = verb.hasSuffix("e") ? String(verb.dropLast()) : verb
      let isShort = ["set", "stop", "split"].contains(verb)
      let doubled = isShort ? stem + String(stem.suffix(1)) : stem
      let plural =
        verb.hasSuffix("y")
        ? verb.dropLast() + "ies"
        : ["x", "ch", "sh", "ss"].contains(where: verb.hasSuffix) ? verb + "es" : verb + "s"
      forms[String(plural)] = verb
      forms[doubled + "ing"] = verb
      if verb != "set", verb != "split" {
        forms[verb.hasSuffix("fy") ? verb.dropLast() + "ied" : doubled + "ed"] = verb
      }
    }
    return forms
  }()

  static func imperative(of word: String) -> String? { forms[word] }
}

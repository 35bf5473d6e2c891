import Platform

/// Reads a pattern. The syntax is that of RE2 (https://github.com/google/re2/wiki/Syntax), without `\p`, `\C` and `\Q`.
struct PatternParser {
  /// How deep groups may nest; the walks over the tree are recursive.
  static let depthLimit = 200
  /// The largest count in braces.
  static let repeatLimit = 1000

  let text: [Unicode.Scalar]
  var position = 0
  var flags: PatternFlags
  private var depth = 0
  /// The name of each capturing group, the whole match first.
  private(set) var groups: [String?] = [nil]

  init(_ text: String, flags: PatternFlags) {
    self.text = Array(text.unicodeScalars)
    self.flags = flags
  }

  mutating func parse() throws(ParseFailure) -> PatternNode {
    let node = try alternation()
    guard position == text.count else {
      throw failure("a `)` that closes nothing", hint: "write `\\)` for the character")
    }
    return node
  }

  var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

  func follows(_ word: String) -> Bool { text[position...].starts(with: word.unicodeScalars) }

  func failure(_ message: String, at place: Int? = nil, hint: String? = nil) -> ParseFailure {
    ParseFailure(message, column: (place ?? position) + 1, hint: hint)
  }

  private mutating func alternation() throws(ParseFailure) -> PatternNode {
    var choices = [try concatenation()]
    while next == "|" {
      position += 1
      choices.append(try concatenation())
    }
    return choices.count == 1 ? choices[0] : .alternation(choices)
  }

  private mutating func concatenation() throws(ParseFailure) -> PatternNode {
    var nodes: [PatternNode] = []
    while true {
      if flags.isExtended { skipComments() }
      guard let scalar = next, scalar != "|", scalar != ")" else { break }
      let start = position
      guard let node = try atom(scalar) else { continue }
      nodes.append(try quantified(node, start))
    }
    return .sequence(nodes)
  }

  private mutating func skipComments() {
    while let scalar = next {
      if scalar == "#" {
        while position < text.count, text[position] != "\n" { position += 1 }
      } else if scalar.value < 0x80, scalar.properties.isWhitespace {
        position += 1
      } else {
        return
      }
    }
  }

  /// One thing that may be repeated; nil for flags, which match nothing.
  private mutating func atom(_ scalar: Unicode.Scalar) throws(ParseFailure) -> PatternNode? {
    switch scalar {
    case "(": return try group()
    case "[": return .set(try bracketed())
    case "\\": return try escaped()
    case "*", "+", "?": throw failure("a `\(scalar)` with nothing before it to repeat")
    case ".":
      position += 1
      return .set(flags.dotMatchesNewline ? .all : ScalarSet.newline.inverted)
    case "^":
      position += 1
      return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$":
      position += 1
      return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    default:
      if scalar == "{", let _ = try counts() {
        throw failure("a count with nothing before it to repeat")
      }
      position += 1
      return literal(scalar)
    }
  }

  func literal(_ scalar: Unicode.Scalar) -> PatternNode {
    if flags.ignoresCase {
      let set = ScalarSet(scalar.value).caseFolded(unicode: flags.isUnicode)
      if set.only == nil { return .set(set) }
    }
    return .literal(Array(String(scalar).utf8))
  }

  private mutating func group() throws(ParseFailure) -> PatternNode? {
    let start = position
    position += 1
    let outer = flags
    var index: Int?
    if next == "?" {
      position += 1
      switch try groupKind(start) {
      case .flagsToTheEnd: return nil
      case .plain: break
      case .named(let name):
        index = groups.count
        groups.append(name)
      }
    } else {
      index = groups.count
      groups.append(nil)
    }
    depth += 1
    guard depth <= Self.depthLimit else {
      throw failure("groups nest deeper than \(Self.depthLimit) levels", at: start)
    }
    let node = try alternation()
    guard next == ")" else { throw failure("a `(` that is never closed", at: start) }
    position += 1
    depth -= 1
    flags = outer
    return index.map { .group(node, index: $0) } ?? node
  }

  private enum GroupKind {
    case plain
    case named(String)
    case flagsToTheEnd
  }

  /// What stands behind `(?`.
  private mutating func groupKind(_ start: Int) throws(ParseFailure) -> GroupKind {
    let linear = "patterns are matched in time linear in the text"
    for (mark, name) in [
      ("=", "look-ahead"), ("!", "negative look-ahead"), ("<=", "look-behind"),
      ("<!", "negative look-behind"), (">", "an atomic group"), ("(", "a conditional group"),
      ("P=", "a back-reference"), ("P>", "a recursive group"), ("R", "a recursive group"),
      ("|", "a branch reset"), ("#", "a comment group"),
    ] where follows(mark) {
      throw failure("\(name) is not supported: `(?\(mark)`", at: start, hint: linear)
    }
    if follows("P<") || follows("<") || follows("'") {
      let end: Unicode.Scalar = next == "'" ? "'" : ">"
      position += next == "P" ? 2 : 1
      return .named(try groupName(endedBy: end))
    }
    var isOn = true
    var letters = 0
    while let letter = next {
      switch letter {
      case ":" where isOn || letters > 0:
        position += 1
        return .plain
      case ")" where letters > 0:
        position += 1
        return .flagsToTheEnd
      case "-" where isOn:
        isOn = false
        letters = 0
      default:
        guard flags.set(letter, to: isOn) else {
          throw failure(
            "`\(letter)` is no flag", hint: "flags are i, m, s, x, u and a, as in `(?i)`")
        }
        letters += 1
      }
      position += 1
    }
    throw failure("a `(` that is never closed", at: start)
  }

  private mutating func groupName(endedBy end: Unicode.Scalar) throws(ParseFailure) -> String {
    let start = position
    while position < text.count, text[position] != end { position += 1 }
    guard next == end else { throw failure("a group's name that never ends", at: start) }
    let name = String(String.UnicodeScalarView(text[start..<position]))
    position += 1
    let isWord = name.unicodeScalars.allSatisfy { PerlClass.isWord($0.value, unicode: true) }
    guard let first = name.unicodeScalars.first, isWord, first.properties.numericType == nil else {
      throw failure(
        "`\(name)` is no name for a group", at: start, hint: "letters, digits and `_`")
    }
    guard !groups.contains(name) else {
      throw failure("a second group is named `\(name)`", at: start)
    }
    return name
  }
}

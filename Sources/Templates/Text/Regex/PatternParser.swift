/// Reads the syntax of Python's `re`.
struct PatternParser {
  let text: [UInt32]
  var flags: Pattern.Flags
  var position = 0
  var groupCount = 0
  var names: [(name: String, number: Int)] = []
  /// The groups that are not closed yet, which may not be referred to.
  private var open: Set<Int> = []
  private var depth = 0
  /// Whether a look-behind matches texts of several lengths.
  private var hasOpenLookBehind = false
  /// What an expression may be nested: a parser that calls itself has a stack to guard.
  private static let deepest = 100

  init(_ text: [UInt32], flags: Pattern.Flags) {
    self.text = text
    self.flags = flags
  }

  mutating func parse() throws(PatternError) -> PatternNode {
    let node = try choice()
    if position < text.count {
      throw PatternError("unbalanced parenthesis", at: position)
    }
    if hasOpenLookBehind { throw PatternError("look-behind requires fixed-width pattern") }
    return node
  }

  var peek: UInt32? { position < text.count ? text[position] : nil }

  func isNext(_ scalar: Unicode.Scalar) -> Bool { peek == scalar.value }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard isNext(scalar) else { return false }
    position += 1
    return true
  }

  private mutating func choice() throws(PatternError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      throw PatternError("a pattern nested deeper than \(Self.deepest)")
    }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var items: [PatternNode] = []
    while let next = peek, next != 0x7C, next != 0x29 {
      if flags.contains(.verbose) {
        if next == 0x20 || (next >= 9 && next <= 13) {
          position += 1
          continue
        }
        if next == 0x23 {
          while let next = peek, next != 0x0A { _ = next; position += 1 }
          continue
        }
      }
      if let (least, most, start) = try repetition() {
        guard let last = items.last, !isEmptyItem(last) else {
          throw PatternError("nothing to repeat", at: start)
        }
        if case .repeat = last { throw PatternError("multiple repeat", at: start) }
        var kind = PatternNode.RepeatKind.greedy
        if take("?") { kind = .lazy } else if take("+") { kind = .possessive }
        items[items.count - 1] = .repeat(last, least: least, most: most, kind)
        continue
      }
      let item = try atom()
      // Comments and flags leave nothing behind, so a repetition means what stands before them.
      if case .empty = item { continue }
      items.append(item)
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  private func isEmptyItem(_ node: PatternNode) -> Bool {
    switch node {
    case .empty, .assertion: true
    default: false
    }
  }

  /// `*`, `+`, `?`, `{2,3}`; nil when there is none. A brace that is no repetition stands for itself.
  private mutating func repetition() throws(PatternError) -> (Int, Int, start: Int)? {
    let start = position
    if take("*") { return (0, .max, start) }
    if take("+") { return (1, .max, start) }
    if take("?") { return (0, 1, start) }
    guard take("{") else { return nil }
    if take("}") {
      position = start
      return nil
    }
    let least = digits()
    var most = least
    if take(",") { most = digits() }
    guard take("}") else {
      position = start
      return nil
    }
    let low = least.isEmpty ? 0 : try number(least)
    let high = most.isEmpty ? Int.max : try number(most)
    if high < low { throw PatternError("min repeat greater than max repeat", at: start + 1) }
    return (low, high, start)
  }

  private func number(_ digits: [UInt32]) throws(PatternError) -> Int {
    var value = 0
    for digit in digits {
      value = value * 10 + Int(digit) - 0x30
      guard value < 4_294_967_295 else { throw PatternError("the repetition number is too large") }
    }
    return value
  }

  private mutating func digits() -> [UInt32] {
    var found: [UInt32] = []
    while let next = peek, next >= 0x30, next <= 0x39 {
      found.append(next)
      position += 1
    }
    return found
  }

  private mutating func atom() throws(PatternError) -> PatternNode {
    let start = position
    let ascii = flags.contains(.ascii)
    let next = text[position]
    // What stands for itself, `*` and the others having been looked at.
    switch Unicode.Scalar(next) {
    case ".":
      position += 1
      return .set(flags.contains(.dotAll) ? .all : .allButNewLine)
    case "^":
      position += 1
      return .assertion(flags.contains(.multiline) ? .lineStart : .textStart)
    case "$":
      position += 1
      return .assertion(flags.contains(.multiline) ? .lineEnd : .lastLineEnd)
    case "[":
      return .set(try set())
    case "(":
      position += 1
      return try group(start)
    case "\\":
      return try escape(ascii: ascii)
    default:
      position += 1
      return .character(next, ignoringCase: flags.contains(.ignoreCase))
    }
  }

  private mutating func group(_ start: Int) throws(PatternError) -> PatternNode {
    guard take("?") else { return try capture(nil, start) }
    guard let kind = peek else { throw PatternError("unexpected end of pattern", at: position) }
    position += 1
    switch Unicode.Scalar(kind) {
    case "P":
      if take("<") { return try capture(try groupName(until: 0x3E), start) }
      if take("=") {
        let at = position
        let name = try groupName(until: 0x29)
        guard let number = names.first(where: { $0.name == name })?.number else {
          throw PatternError("unknown group name \(quoted(name))", at: at)
        }
        try checkClosed(number, at: at)
        return .reference(number, ignoringCase: flags.contains(.ignoreCase))
      }
      guard let other = peek else { throw PatternError("unexpected end of pattern", at: position) }
      throw PatternError("unknown extension ?P\(shown(other))", at: start + 1)
    case ":":
      // Wrapped, so that a repetition inside may be repeated.
      return .sequence([try closed(start)])
    case "#":
      while let next = peek, next != 0x29 { _ = next; position += 1 }
      guard take(")") else { throw PatternError("missing ), unterminated comment", at: start) }
      return .empty
    case "=": return .lookAhead(try closed(start), isNegative: false)
    case "!": return .lookAhead(try closed(start), isNegative: true)
    case ">": return .atomic(try closed(start))
    case "<":
      guard let direction = peek else {
        throw PatternError("unexpected end of pattern", at: position)
      }
      guard direction == 0x3D || direction == 0x21 else {
        throw PatternError("unknown extension ?<\(shown(direction))", at: start + 1)
      }
      position += 1
      let inner = try closed(start)
      // Told only when all has been read, as CPython does.
      let width = PatternWidth.fixed(inner) ?? -1
      if width < 0 { hasOpenLookBehind = true }
      return .lookBehind(inner, width: width, isNegative: direction == 0x21)
    case "(": return try condition(start)
    default:
      position -= 1
      return try flagGroup(start)
    }
  }

  private mutating func capture(_ name: String?, _ start: Int) throws(PatternError) -> PatternNode {
    groupCount += 1
    let number = groupCount
    if let name {
      if let other = names.first(where: { $0.name == name }) {
        throw PatternError(
          "redefinition of group name \(quoted(name)) as group \(number); was group \(other.number)",
          at: start + 4)
      }
      names.append((name, number))
    }
    open.insert(number)
    let node = try closed(start)
    open.remove(number)
    return .group(node, number: number)
  }

  /// The inside of a group up to its parenthesis. Flags set inside end with it.
  private mutating func closed(_ start: Int) throws(PatternError) -> PatternNode {
    let saved = flags
    let node = try choice()
    flags = saved
    guard take(")") else { throw PatternError("missing ), unterminated subpattern", at: start) }
    return node
  }

  private mutating func condition(_ start: Int) throws(PatternError) -> PatternNode {
    let at = position
    let name = try word(until: 0x29)
    let number: Int
    if !name.isEmpty, name.allSatisfy({ $0 >= "0" && $0 <= "9" }), let index = Int(name) {
      if index == 0 { throw PatternError("bad group number", at: at) }
      number = index
    } else if let known = names.first(where: { $0.name == name }) {
      number = known.number
    } else if !Text(name).isIdentifier {
      throw PatternError("bad character in group name \(quoted(name))", at: at)
    } else {
      throw PatternError("unknown group name \(quoted(name))", at: at)
    }
    let saved = flags
    let then = try sequence()
    var otherwise = PatternNode.sequence([])
    if take("|") {
      otherwise = try sequence()
      if isNext("|") {
        throw PatternError("conditional backref with more than two branches", at: position)
      }
    }
    flags = saved
    guard take(")") else { throw PatternError("missing ), unterminated subpattern", at: start) }
    guard number <= groupCount else {
      throw PatternError("invalid group reference \(number)", at: at)
    }
    return .condition(group: number, then: then, otherwise: otherwise)
  }

  /// `(?im)` at the start, `(?i:…)`, `(?-i:…)`.
  private mutating func flagGroup(_ start: Int) throws(PatternError) -> PatternNode {
    var added: Pattern.Flags = []
    var removed: Pattern.Flags = []
    var isRemoving = false
    while let next = peek {
      if next == 0x3A || next == 0x29 { break }
      if next == 0x2D, !isRemoving {
        isRemoving = true
        position += 1
        guard let following = peek else { throw PatternError("missing flag", at: position) }
        if Pattern.Flags(letter: following) == nil {
          throw PatternError(
            CodePoint.isAlpha(following) ? "unknown flag" : "missing flag", at: position)
        }
        continue
      }
      guard let flag = Pattern.Flags(letter: next) else {
        if added.isEmpty, !isRemoving {
          throw PatternError("unknown extension ?\(shown(next))", at: start + 1)
        }
        throw PatternError(
          CodePoint.isAlpha(next) ? "unknown flag" : "missing -, : or )", at: position)
      }
      position += 1
      if isRemoving { removed.insert(flag) } else { added.insert(flag) }
    }
    guard let end = peek else { throw PatternError("missing -, : or )", at: position) }
    position += 1
    if end == 0x29 {
      if isRemoving { throw PatternError("missing :", at: position - 1) }
      guard start == 0 else {
        throw PatternError("global flags not at the start of the expression", at: start)
      }
      flags.formUnion(added)
      return .empty
    }
    let saved = flags
    flags.formUnion(added)
    flags.subtract(removed)
    let node = try choice()
    flags = saved
    guard take(")") else { throw PatternError("missing ), unterminated subpattern", at: start) }
    return .sequence([node])
  }

  private mutating func groupName(until end: UInt32) throws(PatternError) -> String {
    let at = position
    let name = try word(until: end)
    guard Text(name).isIdentifier else {
      throw PatternError("bad character in group name \(quoted(name))", at: at)
    }
    return name
  }

  private mutating func word(until end: UInt32) throws(PatternError) -> String {
    let at = position
    var points: [UInt32] = []
    while let next = peek, next != end {
      points.append(next)
      position += 1
    }
    if points.isEmpty, peek == nil { throw PatternError("missing group name", at: at) }
    guard peek == end else {
      throw PatternError(
        "missing \(end == 0x3E ? ">" : ")"), unterminated name", at: at)
    }
    if points.isEmpty { throw PatternError("missing group name", at: at) }
    position += 1
    return Text(codePoints: points).string
  }

  func checkClosed(_ group: Int, at place: Int) throws(PatternError) {
    if open.contains(group) { throw PatternError("cannot refer to an open group", at: place) }
  }

  func shown(_ point: UInt32) -> String { Text(codePoints: [point]).string }

  func quoted(_ name: String) -> String { TextRepr.quoted(Text(name)).string }
}

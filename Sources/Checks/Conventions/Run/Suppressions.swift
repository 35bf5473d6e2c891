import Platform
import Python

/// What comments say to leave out: `# noqa`, `# noqa: E501`, `# ruff: noqa`, `# reprise: allow RULE reason`.
struct Suppressions {
  struct Directive {
    /// Names of rules or codes; all when nil.
    var names: [String]?
    /// What of the comment it is, from its `#` on, in bytes.
    var range: Range<Int>
    /// Whether it is for the whole file.
    var isWhole = false
    var isUsed = false
    /// Names that did leave something out.
    var used: Set<String> = []
    /// Whether it is `# reprise: allow`.
    var isOwn = false
  }

  /// For all of the file.
  private(set) var whole: [Directive] = []
  /// By line, counted from 1.
  private var lines: [Int: [Directive]] = [:]
  /// Lines that belong to another: those of a string of several lines to its last one.
  private var mapped: [(lines: ClosedRange<Int>, last: Int)] = []

  /// Reads what the comments of a file say.
  init(of file: CheckedFile) {
    if let source = file.python { self.init(source.list) } else { self.init(file) }
  }

  /// Reads the comments of a Python text.
  init(_ list: TokenList) {
    for token in list.tokens {
      switch token.kind {
      case .comment:
        read(
          list.source[token.range], token.range, line: list.lines.line(of: token.range.lowerBound),
          list)
      case .string where !list.source[token.range].contains(0x0A): continue
      case .string, .formatEnd:
        let first = list.lines.line(of: token.range.lowerBound)
        let last = list.lines.line(of: max(token.range.lowerBound, token.range.upperBound - 1))
        if last > first { mapped.append((first...last, last)) }
      default: break
      }
    }
    if !lines.isEmpty { mapContinuations(list) }
  }

  /// Lines that a backslash joins belong to the last of them.
  private mutating func mapContinuations(_ list: TokenList) {
    var first: Int?
    var last = 0
    var end = 0
    for token in list.tokens {
      let line = list.lines.line(of: token.range.lowerBound)
      if line > end, end > 0 {
        first = first ?? end
        last = line
      }
      switch token.kind {
      case .newline, .lineBreak, .end:
        if let start = first { mapped.append((start...last, last)) }
        first = nil
        end = 0
      default: end = list.lines.line(of: max(token.range.lowerBound, token.range.upperBound - 1))
      }
    }
  }

  /// Reads what any other text says: only `reprise: allow`.
  init(_ file: CheckedFile) {
    let word = Array("reprise: allow".utf8)
    guard file.bytes.firstRange(of: word) != nil else { return }
    for number in 1...max(1, file.lines.count) {
      let text = file.text(ofLine: number)
      guard let range = text.firstRange(of: "reprise: allow") else { continue }
      let start = file.lines.start(ofLine: number)
      let name = text[range.upperBound...].split(whereSeparator: \.isWhitespace).first
      guard let name else { continue }
      lines[number, default: []].append(
        Directive(names: [String(name)], range: start..<(start + text.utf8.count), isOwn: true))
    }
  }

  private mutating func read(
    _ comment: ArraySlice<UInt8>, _ range: Range<Int>, line: Int, _ list: TokenList
  ) {
    guard Self.mayDirect(comment) else { return }
    let text = String(decoding: comment, as: UTF8.self)
    let small = text.lowercased()
    if let place = small.firstRange(of: "reprise: allow") {
      let rest = text.utf8.dropFirst(small[..<place.upperBound].utf8.count)
      let words = String(decoding: rest, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      guard let name = words.first else { return }
      var directive = Directive(names: name.split(separator: ",").map(String.init), range: range)
      directive.isOwn = true
      // Alone on its line it is for the next one.
      let start = list.lines.start(ofLine: line)
      let isAlone = list.source[start..<range.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
      lines[isAlone ? line + 1 : line, default: []].append(directive)
      return
    }
    guard let place = small.firstRange(of: "noqa") else { return }
    let before = small[..<place.lowerBound].filter { !$0.isWhitespace }
    let after = text.utf8.dropFirst(small[..<place.upperBound].utf8.count)
    let (names, length) = Self.codes(String(decoding: after, as: UTF8.self))
    // The text up to `noqa` is as long in small letters, but for letters that are not ASCII.
    let hash = text.utf8.prefix(small[..<place.lowerBound].utf8.count).lastIndex(
      of: UInt8(ascii: "#"))
    let start = hash.map { text.utf8.distance(from: text.utf8.startIndex, to: $0) } ?? 0
    let end = small[..<place.upperBound].utf8.count + length
    var directive = Directive(
      names: names,
      range: (range.lowerBound + start)..<min(range.upperBound, range.lowerBound + end))
    if before.hasSuffix("ruff:") || before.hasSuffix("flake8:") {
      directive.isWhole = true
      whole.append(directive)
    } else if before.hasSuffix("#") {
      lines[line, default: []].append(directive)
    }
  }

  /// Whether `noqa` or `allow` stands in a comment, in letters of either case: nearly all comments are none of these.
  private static func mayDirect(_ comment: ArraySlice<UInt8>) -> Bool {
    comment.withUnsafeBufferPointer { bytes in
      func has(_ text: StaticString, endingAt end: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard end >= count else { return false }
        for offset in 0..<count
        where bytes[end - count + offset] | 0x20 != text.utf8Start[offset] { return false }
        return true
      }
      for place in bytes.indices {
        switch bytes[place] | 0x20 {
        case UInt8(ascii: "q"):
          if place + 1 < bytes.count, has("noqa", endingAt: place + 2) { return true }
        case UInt8(ascii: "w"): if has("allow", endingAt: place + 1) { return true }
        default: continue
        }
      }
      return false
    }
  }

  /// The codes behind `noqa:`, nil when there is no colon, which means all; and how many bytes they and the colon have.
  private static func codes(_ text: String) -> (names: [String]?, length: Int) {
    var rest = text[...].drop { $0 == " " || $0 == "\t" }
    guard rest.first == ":" else { return (nil, 0) }
    rest = rest.dropFirst()
    var codes: [String] = []
    var end = rest.startIndex
    while true {
      rest = rest.drop { $0 == " " || $0 == "," || $0 == "\t" }
      let letters = rest.prefix { $0.isASCII && ($0.isUppercase || $0.isLowercase) }
      let tail = rest.dropFirst(letters.count)
      // A rule of ours is dotted: `py.line-length`.
      if tail.first == "." || tail.first == "-" {
        let name = rest.prefix { !$0.isWhitespace && $0 != "," }
        codes.append(String(name))
        rest = rest.dropFirst(name.count)
        end = rest.startIndex
        continue
      }
      let digits = tail.prefix { $0.isASCII && $0.isNumber }
      guard !letters.isEmpty, !digits.isEmpty else { break }
      codes.append(String(letters).uppercased() + String(digits))
      rest = tail.dropFirst(digits.count)
      end = rest.startIndex
    }
    return codes.isEmpty ? (nil, 0) : (codes, text.utf8.distance(from: text.startIndex, to: end))
  }

  /// Whether a finding of a rule is left out; remembers what was of use.
  ///
  /// - Parameters:
  ///   - line: where it begins.
  ///   - statement: the line of the statement that it is a part of, where a comment is for all parts.
  mutating func leaveOut(
    _ rule: Rule, _ code: String?, line: Int, statement: Int? = nil
  ) -> Bool {
    for index in whole.indices where Self.mark(&whole[index], rule, code) { return true }
    guard !lines.isEmpty else { return false }
    var candidates = statement.map { $0 == line ? [line] : [$0, line] } ?? [line]
    for line in candidates {
      if let last = mapped.first(where: { $0.lines.contains(line) })?.last, last != line {
        candidates.append(last)
      }
    }
    for line in candidates {
      guard var own = lines[line] else { continue }
      for index in own.indices where Self.mark(&own[index], rule, code) {
        lines[line] = own
        return true
      }
    }
    return false
  }

  private static func mark(_ directive: inout Directive, _ rule: Rule, _ code: String?) -> Bool {
    guard let names = directive.names else {
      directive.isUsed = true
      return true
    }
    var isUsed = false
    // A name that is there twice is of use once.
    for name in names where !isUsed {
      guard
        rule.id == name || rule.id.hasPrefix(name + ".")
          || (code.map { Rule.code($0, isNamed: name) } ?? rule.isNamed(name))
      else { continue }
      isUsed = true
      directive.used.insert(name)
    }
    if isUsed { directive.isUsed = true }
    return isUsed
  }

  /// All directives, in the order of the file.
  var directives: [Directive] {
    (whole + lines.values.flatMap { $0 }).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

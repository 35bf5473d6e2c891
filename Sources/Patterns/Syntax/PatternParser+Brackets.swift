import Platform

extension PatternParser {
  /// A class in brackets.
  mutating func bracketed() throws(ParseFailure) -> ScalarSet {
    let start = position
    position += 1
    let isNegated = next == "^"
    if isNegated { position += 1 }
    var set = ScalarSet()
    var isFirst = true
    while true {
      guard let scalar = next else { throw failure("a `[` that is never closed", at: start) }
      if scalar == "]", !isFirst { break }
      isFirst = false
      try add(to: &set)
    }
    position += 1
    set.normalize()
    if flags.ignoresCase { set = set.caseFolded(unicode: flags.isUnicode) }
    return isNegated ? set.inverted : set
  }

  /// The next scalar, range or class of a bracket.
  private mutating func add(to set: inout ScalarSet) throws(ParseFailure) {
    let start = position
    if follows("[:") {
      if let named = try namedClass() {
        for range in named.ranges { set.insert(range) }
        return
      }
    }
    if let inner = try classEscape() {
      for range in inner.ranges { set.insert(range) }
      if next == "-", position + 1 < text.count, text[position + 1] != "]" {
        throw failure("a range that begins with a class", at: start, hint: "write the `-` last")
      }
      return
    }
    let low = try bracketScalar()
    guard next == "-", position + 1 < text.count, text[position + 1] != "]" else {
      set.insert(low.value...low.value)
      return
    }
    position += 1
    if try classEscape() != nil {
      throw failure("a range that ends with a class", at: start, hint: "write the `-` last")
    }
    let high = try bracketScalar()
    guard low <= high else {
      throw failure("a range from `\(low)` to `\(high)`", at: start, hint: "the lesser comes first")
    }
    set.insert(low.value...high.value)
  }

  private mutating func bracketScalar() throws(ParseFailure) -> Unicode.Scalar {
    guard let scalar = next else { throw failure("a `[` that is never closed") }
    guard scalar == "\\" else {
      position += 1
      return scalar
    }
    if position + 1 < text.count, text[position + 1] == "b" {
      position += 2
      return "\u{8}"
    }
    return try scalarEscape()
  }

  /// `[:alpha:]` or `[:^alpha:]`; nil, and nothing read, when `[:` is two characters.
  private mutating func namedClass() throws(ParseFailure) -> ScalarSet? {
    let start = position
    var end = position + 2
    while end < text.count, end - start < 12, text[end] != ":" { end += 1 }
    guard end + 1 < text.count, text[end] == ":", text[end + 1] == "]" else { return nil }
    var name = String(String.UnicodeScalarView(text[start + 2..<end]))
    let isNegated = name.utf8.first == UInt8(ascii: "^")
    if isNegated { name.removeFirst() }
    guard let ranges = Self.namedClasses[name] else {
      throw failure(
        "no class is named `\(name)`", at: start,
        hint: "there are: " + Self.namedClasses.keys.sorted().joined(separator: ", "))
    }
    position = end + 2
    let set = ScalarSet(ranges)
    return isNegated ? set.inverted : set
  }

  private static let namedClasses: [String: [ClosedRange<UInt32>]] = [
    "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A],
    "ascii": [0...0x7F], "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1F, 0x7F...0x7F],
    "digit": [0x30...0x39], "graph": [0x21...0x7E], "lower": [0x61...0x7A],
    "print": [0x20...0x7E], "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
    "space": [0x09...0x0D, 0x20...0x20], "upper": [0x41...0x5A],
    "word": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A],
    "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
  ]
}

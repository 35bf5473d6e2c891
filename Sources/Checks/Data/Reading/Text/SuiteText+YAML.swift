import Formats

extension SuiteText {
  /// The text of a scalar, each of its characters where it was written: inside of quotes, behind escapes, in folded lines.
  ///
  /// Blanks that folding made stand where the line was broken. Nil for collections.
  init?(_ node: YAMLNode, in source: SuiteSource) {
    guard case .scalar(let text, let style) = node.content else { return nil }
    var aligner = ScalarAligner(source.scalars, node, style)
    let scalars = Array(text.unicodeScalars)
    var offsets: [Int] = []
    offsets.reserveCapacity(scalars.count + 1)
    for scalar in scalars { offsets.append(aligner.take(scalar)) }
    // The end of a text is behind its last character; lines below it say nothing.
    offsets.append(scalars.isEmpty ? aligner.place : (offsets.last ?? 0) + aligner.lastWidth)
    self.init(scalars, at: offsets)
  }
}

/// Walks through a scalar as it was written, beside what YAML made of it.
private struct ScalarAligner {
  private let source: [Unicode.Scalar]
  private let style: YAMLNode.ScalarStyle
  private(set) var place: Int
  /// How many characters the last one took.
  private(set) var lastWidth = 0

  init(_ source: [Unicode.Scalar], _ node: YAMLNode, _ style: YAMLNode.ScalarStyle) {
    self.source = source
    self.style = style
    place = min(max(0, node.start.offset), source.count)
    // A tag and an anchor stand in front.
    while place < source.count, source[place] == "&" || source[place] == "!" {
      while place < source.count, !SuiteSource.isBlank(source[place]) { place += 1 }
      skipBlanks()
    }
    switch style {
    case .plain: break
    case .singleQuoted, .doubleQuoted: place = min(place + 1, source.count)
    case .literal, .folded:
      while place < source.count, !SuiteSource.isBreak(source[place]) { place += 1 }
      skipBreak()
    }
  }

  /// Where the next character of the value stands.
  mutating func take(_ scalar: Unicode.Scalar) -> Int {
    lastWidth = 0
    if SuiteSource.isBlank(scalar) { return takeBlank(scalar) }
    while place < source.count {
      if style == .doubleQuoted, source[place] == "\\" {
        let escape = escape()
        let start = place
        // One of a blank that folding had made up for already is passed by.
        place = min(place + escape.width, source.count)
        guard escape.scalar == scalar else { continue }
        lastWidth = escape.width
        return start
      }
      if source[place] == scalar {
        lastWidth = style == .singleQuoted && scalar == "'" ? 2 : 1
        defer { place = min(place + lastWidth, source.count) }
        return place
      }
      guard SuiteSource.isBlank(source[place]) else { break }
      place += 1
    }
    return min(place, source.count)
  }

  private mutating func takeBlank(_ scalar: Unicode.Scalar) -> Int {
    let start = place
    guard place < source.count else { return source.count }
    if source[place] == scalar {
      lastWidth = 1
      place += 1
    } else if style == .doubleQuoted, source[place] == "\\" {
      let escape = escape()
      if escape.scalar == scalar {
        lastWidth = escape.width
        place = min(place + escape.width, source.count)
      }
    }
    return start
  }

  /// What a backslash and the characters behind it stand for (YAML 1.1, section 5.6); nil for a broken line.
  private func escape() -> (scalar: Unicode.Scalar?, width: Int) {
    guard place + 1 < source.count else { return (nil, 1) }
    func code(_ digits: Int) -> (Unicode.Scalar?, Int) {
      let end = min(place + 2 + digits, source.count)
      let text = SuiteText.string(source[(place + 2)..<end])
      return (UInt32(text, radix: 16).flatMap(Unicode.Scalar.init), end - place)
    }
    switch source[place + 1] {
    case "x": return code(2)
    case "u": return code(4)
    case "U": return code(8)
    case "0": return ("\0", 2)
    case "a": return ("\u{7}", 2)
    case "b": return ("\u{8}", 2)
    case "t", "\t": return ("\t", 2)
    case "n": return ("\n", 2)
    case "v": return ("\u{B}", 2)
    case "f": return ("\u{C}", 2)
    case "r": return ("\r", 2)
    case "e": return ("\u{1B}", 2)
    case "N": return ("\u{85}", 2)
    case "_": return ("\u{A0}", 2)
    case "L": return ("\u{2028}", 2)
    case "P": return ("\u{2029}", 2)
    case let other: return (SuiteSource.isBreak(other) ? nil : other, 2)
    }
  }

  private mutating func skipBlanks() {
    while place < source.count, SuiteSource.isBlank(source[place]) { place += 1 }
  }

  private mutating func skipBreak() {
    guard place < source.count else { return }
    let isPair = source[place] == "\r" && place + 1 < source.count && source[place + 1] == "\n"
    place += isPair ? 2 : 1
  }
}

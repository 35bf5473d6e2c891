/// In which styles PyYAML would write a text (its emitter's analysis of scalars).
struct ScalarAnalysis {
  var isEmpty = false
  var isMultiline = false
  var allowsFlowPlain = true
  var allowsBlockPlain = true
  var allowsSingleQuotes = true

  init(_ text: [Unicode.Scalar], allowsUnicode: Bool) {
    guard !text.isEmpty else {
      isEmpty = true
      allowsFlowPlain = false
      return
    }
    var scan = Scan(text)
    scan.run()
    if !allowsUnicode, !text.allSatisfy(\.isASCII) { scan.hasSpecial = true }
    isMultiline = scan.hasBreaks
    let isPadded =
      scan.leadingSpace || scan.leadingBreak || scan.trailingSpace || scan.trailingBreak
    if isPadded || scan.breakSpace || scan.spaceBreak || scan.hasSpecial || scan.hasBreaks {
      allowsFlowPlain = false
      allowsBlockPlain = false
    }
    if scan.breakSpace || scan.spaceBreak || scan.hasSpecial { allowsSingleQuotes = false }
    if scan.flowIndicators { allowsFlowPlain = false }
    if scan.blockIndicators { allowsBlockPlain = false }
  }

  static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}"
  }

  private struct Scan {
    let text: [Unicode.Scalar]
    var blockIndicators = false
    var flowIndicators = false
    var hasBreaks = false
    var hasSpecial = false
    var leadingSpace = false
    var leadingBreak = false
    var trailingSpace = false
    var trailingBreak = false
    var breakSpace = false
    var spaceBreak = false

    init(_ text: [Unicode.Scalar]) { self.text = text }

    private func isSpaceOrEnd(_ place: Int) -> Bool {
      guard place < text.count else { return true }
      return isSpace(text[place])
    }

    private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "\0" || scalar == " " || scalar == "\t" || scalar == "\r" || isBreak(scalar)
    }

    mutating func run() {
      if text.starts(with: "---".unicodeScalars) || text.starts(with: "...".unicodeScalars) {
        blockIndicators = true
        flowIndicators = true
      }
      var followsSpace = true
      var followsBlank = false
      var followsBreak = false
      for (place, scalar) in text.enumerated() {
        let precedesSpace = isSpaceOrEnd(place + 1)
        noteIndicator(scalar, isFirst: place == 0, followsSpace, precedesSpace)
        noteCharacter(scalar)
        let isLast = place == text.count - 1
        if scalar == " " {
          if place == 0 { leadingSpace = true }
          if isLast { trailingSpace = true }
          if followsBreak { breakSpace = true }
          (followsBlank, followsBreak) = (true, false)
        } else if isBreak(scalar) {
          if place == 0 { leadingBreak = true }
          if isLast { trailingBreak = true }
          if followsBlank { spaceBreak = true }
          (followsBlank, followsBreak) = (false, true)
        } else {
          (followsBlank, followsBreak) = (false, false)
        }
        followsSpace = isSpace(scalar)
      }
    }

    private mutating func noteIndicator(
      _ scalar: Unicode.Scalar, isFirst: Bool, _ followsSpace: Bool, _ precedesSpace: Bool
    ) {
      if isFirst {
        if "#,[]{}&*!|>'\"%@`".unicodeScalars.contains(scalar) {
          flowIndicators = true
          blockIndicators = true
        }
        if scalar == "?" || scalar == ":" {
          flowIndicators = true
          if precedesSpace { blockIndicators = true }
        }
        if scalar == "-", precedesSpace {
          flowIndicators = true
          blockIndicators = true
        }
        return
      }
      if ",?[]{}".unicodeScalars.contains(scalar) { flowIndicators = true }
      if scalar == ":" {
        flowIndicators = true
        if precedesSpace { blockIndicators = true }
      }
      if scalar == "#", followsSpace {
        flowIndicators = true
        blockIndicators = true
      }
    }

    private mutating func noteCharacter(_ scalar: Unicode.Scalar) {
      if isBreak(scalar) { hasBreaks = true }
      switch scalar.value {
      case 0x0A, 0x20...0x7E, 0x85: break
      case 0xFEFF: hasSpecial = true
      case 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000..<0x10FFFF: break
      default: hasSpecial = true
      }
    }
  }
}

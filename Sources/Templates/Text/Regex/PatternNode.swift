/// A part of a regular expression.
indirect enum PatternNode {
  case empty
  case character(UInt32, ignoringCase: Bool)
  case set(PatternSet)
  case sequence([PatternNode])
  case choice([PatternNode])
  /// `most` is `Int.max` for no limit.
  case `repeat`(PatternNode, least: Int, most: Int, RepeatKind)
  case group(PatternNode, number: Int)
  case reference(Int, ignoringCase: Bool)
  case assertion(PatternAssertion)
  /// `(?=…)`, `(?!…)`.
  case lookAhead(PatternNode, isNegative: Bool)
  /// `(?<=…)`, `(?<!…)`.
  case lookBehind(PatternNode, width: Int, isNegative: Bool)
  /// `(?>…)`.
  case atomic(PatternNode)
  /// `(?(1)…|…)`.
  case condition(group: Int, then: PatternNode, otherwise: PatternNode)

  enum RepeatKind { case greedy, lazy, possessive }
}

/// A place that matches nothing but itself.
enum PatternAssertion {
  case textStart, lineStart, textEnd, lastLineEnd, lineEnd
  case wordEdge(ascii: Bool)
  case noWordEdge(ascii: Bool)
}

/// A kind of character that a backslash names.
enum PatternClass {
  case digit, space, word

  func contains(_ point: UInt32, ascii: Bool) -> Bool {
    guard !ascii || point < 0x80 else { return false }
    return switch self {
    case .digit: CodePoint.isDecimal(point)
    case .space: ascii ? point == 0x20 || (point >= 9 && point <= 13) : CodePoint.isSpace(point)
    case .word: CodePoint.isWord(point)
    }
  }
}

/// What one character may be.
struct PatternSet {
  var ranges: [ClosedRange<UInt32>] = []
  var classes: [(PatternClass, isNegated: Bool)] = []
  var isNegated = false
  var ignoresCase = false
  var isASCII = false

  static let all = PatternSet(ranges: [0...0x10FFFF])
  static let allButNewLine = PatternSet(ranges: [0x0A...0x0A], isNegated: true)

  func contains(_ point: UInt32) -> Bool {
    var found = holds(point)
    if !found, ignoresCase, !isASCII || point < 0x80 {
      found = PatternSet.variants(of: point).contains { holds($0) }
    }
    return found != isNegated
  }

  private func holds(_ point: UInt32) -> Bool {
    for range in ranges where range.contains(point) { return true }
    for (kind, isNegated) in classes
    where kind.contains(point, ascii: isASCII) != isNegated {
      return true
    }
    return false
  }

  /// The characters that are the same but for case.
  private static func variants(of point: UInt32) -> [UInt32] {
    let fold = folded(point)
    var points = [fold]
    for point in [point, fold] {
      var upper: [UInt32] = []
      CodePoint.appendUpper(point, to: &upper)
      if upper.count == 1 { points += upper }
    }
    var lower: [UInt32] = []
    CodePoint.appendLower(point, to: &lower)
    if lower.count == 1 { points += lower }
    return points
  }

  /// One character that stands for all that differ by case only.
  static func folded(_ point: UInt32, ascii: Bool = false) -> UInt32 {
    if point < 0x80 { return point >= 0x41 && point <= 0x5A ? point + 0x20 : point }
    if ascii { return point }
    var upper: [UInt32] = []
    CodePoint.appendUpper(point, to: &upper)
    let capital = upper.count == 1 ? upper[0] : point
    var lower: [UInt32] = []
    CodePoint.appendLower(capital, to: &lower)
    return lower.count == 1 ? lower[0] : capital
  }
}

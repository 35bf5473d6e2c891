import Platform

extension PatternParser {
  /// The node with the quantifier behind it, if one is there.
  mutating func quantified(
    _ node: PatternNode, _ start: Int
  ) throws(ParseFailure) -> PatternNode {
    let place = position
    guard let (least, most) = try quantifier() else { return node }
    var isLazy = false
    if next == "?" {
      position += 1
      isLazy = true
    } else if next == "+" {
      throw failure(
        "a possessive quantifier is not supported",
        hint: "patterns never go back: leave the `+` out")
    }
    let behind = position
    if try quantifier() != nil {
      throw failure(
        "a quantifier behind a quantifier", at: behind, hint: "put the first in `(?:…)`")
    }
    if let most, most < least {
      throw failure("a count from \(least) to \(most)", at: place, hint: "the lesser comes first")
    }
    if case .empty = node { return .empty }
    if most == 0 { return .empty }
    if least == 1, most == 1 { return node }
    return .repetition(node, least: least, most: most, isLazy: isLazy)
  }

  private mutating func quantifier() throws(ParseFailure) -> (least: Int, most: Int?)? {
    switch next {
    case "*":
      position += 1
      return (0, nil)
    case "+":
      position += 1
      return (1, nil)
    case "?":
      position += 1
      return (0, 1)
    case "{": return try counts()
    default: return nil
    }
  }

  /// `{2}`, `{2,}`, `{2,5}` or Python's `{,5}`; nil, and nothing read, when the brace is just a character.
  mutating func counts() throws(ParseFailure) -> (least: Int, most: Int?)? {
    let start = position
    position += 1
    let least = number()
    var most = least
    var isOpen = false
    if next == "," {
      position += 1
      most = number()
      isOpen = most == nil
    }
    guard next == "}", least != nil || most != nil else {
      position = start
      return nil
    }
    position += 1
    for count in [least, most] {
      guard let count, count > Self.repeatLimit else { continue }
      throw failure(
        "a count over \(Self.repeatLimit)", at: start, hint: "use `*` or `+`, or a smaller count")
    }
    return (least ?? 0, isOpen ? nil : most)
  }

  /// Digits as a number, which stops growing far above every limit.
  private mutating func number() -> Int? {
    var value: Int?
    while let digit = next, ("0"..."9").contains(digit) {
      value = min((value ?? 0) * 10 + Int(digit.value - 0x30), 1_000_000)
      position += 1
    }
    return value
  }
}

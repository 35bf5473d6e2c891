import Support

/// Makes up patterns that mean the same to us and to Python, and texts to try them on.
///
/// Bodies that can be empty are not repeated: there Python's own answers changed from version to version.
struct PatternGenerator {
  struct Case {
    var pattern: String
    /// The same for Python, whose `$` also stands before a last newline.
    var python: String
    var isUnicode: Bool
    var text: String
  }

  private typealias Part = (text: String, isNullable: Bool)

  private var random: SeededRandom
  /// How many parts the pattern may still have, so that none grows without end.
  private var budget = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func next() -> Case {
    budget = 30
    let body = alternation(3).text
    let flags = random.pick(["", "", "", "i", "m", "s", "im"])
    let prefix = flags.isEmpty ? "" : "(?\(flags))"
    let letters = ["a", "a", "b", "b", "c", "0", "1", "_", " ", ".", "-", "\n", "é", "한", "A"]
    let text = (0..<Int(random.next() % 15)).map { _ in random.pick(letters) }.joined()
    let python = flags.contains("m") ? body : body.replacing("$", with: "\\Z")
    return Case(
      pattern: prefix + body, python: prefix + python, isUnicode: random.chance(2, of: 5),
      text: text)
  }

  private mutating func alternation(_ depth: Int) -> Part {
    let parts = (0..<random.pick([1, 1, 1, 2, 3])).map { _ in sequence(depth) }
    return (parts.map(\.text).joined(separator: "|"), parts.contains(where: \.isNullable))
  }

  private mutating func sequence(_ depth: Int) -> Part {
    let count = budget > 0 ? random.pick(depth < 3 ? [0, 1, 1, 2, 2, 3] : [1, 2, 3, 4]) : 0
    let parts = (0..<count).map { _ in quantified(depth) }
    return (parts.map(\.text).joined(), parts.allSatisfy(\.isNullable))
  }

  private mutating func quantified(_ depth: Int) -> Part {
    budget -= 1
    let assertions = ["\\b", "\\B", "^", "$", "\\A"]
    if random.chance(1, of: 12) { return (random.pick(assertions), true) }
    let part = atom(depth)
    guard random.chance(2, of: 5) else { return part }
    let quantifier = random.pick(["*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "{,2}"])
    if part.isNullable, quantifier != "?" { return part }
    let lazy = random.chance(1, of: 3) ? "?" : ""
    let isNullable = part.isNullable || ["*", "?", "{0,2}", "{,2}"].contains(quantifier)
    return (part.text + quantifier + lazy, isNullable)
  }

  private mutating func atom(_ depth: Int) -> Part {
    switch random.next() % 20 {
    case 0..<9: return (random.pick(["a", "b", "c", "0", "1", "_", " ", "é", "A", "한"]), false)
    case 9, 10: return (".", false)
    case 11, 12: return (random.pick(["\\d", "\\w", "\\s", "\\W", "\\D", "\\S"]), false)
    case 13, 14, 15:
      let items = ["a", "b", "c-e", "0-9", "_", "é", "한", "\\d", "\\w", "\\s", "A-Z"]
      let chosen = (0..<(1 + Int(random.next() % 3))).map { _ in random.pick(items) }.joined()
      return ("[" + (random.chance(1, of: 3) ? "^" : "") + chosen + "]", false)
    default:
      guard depth > 0, budget > 0 else { return ("b", false) }
      let inner = alternation(depth - 1)
      return (random.pick(["(", "(", "(?:", "(?:", "(?i:"]) + inner.text + ")", inner.isNullable)
    }
  }
}

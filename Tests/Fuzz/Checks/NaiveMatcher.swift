@testable import Patterns

/// Matches a pattern by trying what it says and going back, as the plainest programs do: slow, and easy to believe.
struct NaiveMatcher {
  private let root: PatternNode

  /// Nil for patterns that do not parse, and for those that repeat what can be empty, where to go back means another thing.
  init?(_ text: String) {
    var parser = PatternParser(text, flags: PatternFlags())
    guard let node = try? parser.parse(), Self.isPlain(node) else { return nil }
    root = node
  }

  private static func isPlain(_ node: PatternNode) -> Bool {
    switch node {
    case .empty, .literal, .set: true
    // Assertions on words of all languages look at scalars, which this one does not.
    case .assertion(let assertion):
      assertion != .unicodeWordBoundary && assertion != .notUnicodeWordBoundary
    case .group(let inner, _): isPlain(inner)
    case .concatenation(let nodes), .alternation(let nodes): nodes.allSatisfy(isPlain)
    case .repetition(let inner, _, let most, _):
      isPlain(inner) && (most == 1 || !inner.isNullable)
    }
  }

  private final class Run {
    let text: [UInt8]
    var steps = 0
    init(_ text: [UInt8]) { self.text = text }
  }

  /// The first match, nil where there is none; nothing at all when it takes too many steps to find out.
  func first(in text: [UInt8]) -> Range<Int>?? {
    let run = Run(text)
    for start in 0...text.count {
      var end: Int?
      let found = match(root, start, run) {
        end = $0
        return true
      }
      if run.steps > 20_000 { return .none }
      if found, let end { return .some(start..<end) }
    }
    return .some(nil)
  }

  private func match(
    _ node: PatternNode, _ place: Int, _ run: Run, _ next: (Int) -> Bool
  ) -> Bool {
    run.steps += 1
    if run.steps > 20_000 { return false }
    switch node {
    case .empty: return next(place)
    case .literal(let bytes):
      guard run.text[place...].starts(with: bytes) else { return false }
      return next(place + bytes.count)
    case .set(let set):
      let scalar = run.text.withUnsafeBufferPointer { UTF8Scalar.at(place, in: $0) }
      guard let scalar, set.contains(scalar) else { return false }
      return next(place + String(Unicode.Scalar(scalar) ?? " ").utf8.count)
    case .assertion(let assertion):
      let before = place > 0 ? Context(byte: run.text[place - 1]) : .edge
      let after = place < run.text.count ? Context(byte: run.text[place]) : .edge
      let holding = Assertion.holding(before: before, after: after)
      return holding & (1 << assertion.rawValue) != 0 && next(place)
    case .group(let inner, _): return match(inner, place, run, next)
    case .concatenation(let nodes): return match(nodes[...], place, run, next)
    case .alternation(let nodes): return nodes.contains { match($0, place, run, next) }
    case .repetition(let inner, let least, let most, let isLazy):
      let rest = PatternNode.repetition(
        inner, least: max(0, least - 1), most: most.map { $0 - 1 }, isLazy: isLazy)
      func more() -> Bool {
        most != 0 && match(inner, place, run) { match(rest, $0, run, next) }
      }
      if least > 0 { return more() }
      return isLazy ? next(place) || more() : more() || next(place)
    }
  }

  private func match(
    _ nodes: ArraySlice<PatternNode>, _ place: Int, _ run: Run, _ next: (Int) -> Bool
  ) -> Bool {
    guard let first = nodes.first else { return next(place) }
    return match(first, place, run) { match(nodes.dropFirst(), $0, run, next) }
  }
}

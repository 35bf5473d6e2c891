/// Matches one pattern on one thread: it holds the machines that are made while texts are read, in bounded memory.
package final class PatternMatcher {
  package let pattern: Pattern
  private let memory: Int
  private lazy var programs = pattern.programs.made
  // By themselves, as they are asked for at each text.
  private lazy var filter = programs.filter
  private lazy var required = programs.required
  private lazy var search = Machine(
    LazyDFA(programs.forward, isLongest: false, isSearch: true, memory: memory))
  private lazy var anchored = Machine(
    LazyDFA(programs.forward, isLongest: false, isSearch: false, memory: memory))
  private lazy var reversed = Machine(
    LazyDFA(programs.backward, isLongest: true, isSearch: false, memory: memory))
  private lazy var machine = PikeMachine(programs.forward)

  /// An automaton that is made when it is first needed, and is then changed where it lies.
  private final class Machine {
    var automaton: LazyDFA
    init(_ automaton: consuming LazyDFA) { self.automaton = automaton }
  }

  /// - Parameter memory: About how many bytes each of the machines may take.
  package init(_ pattern: Pattern, memory: Int = 2 << 20) {
    self.pattern = pattern
    self.memory = memory
  }

  /// Whether the pattern matches somewhere.
  ///
  /// - Parameter range: Where matches may be; all of the text when nil. `^`, `$` and `\b` see what stands around it.
  package func isMatch(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>? = nil
  ) -> Bool {
    let range = range ?? 0..<text.count
    guard mayMatch(in: text, range) else { return false }
    switch search.automaton.end(in: text, range, isEarliest: true, filter: filter) {
    case .none: return false
    case .end: return true
    case .unknown: return machine.match(in: text, range, isAnchored: false) != nil
    }
  }

  /// Where the pattern first matches.
  package func firstRange(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>? = nil
  ) -> Range<Int>? {
    let range = range ?? 0..<text.count
    guard mayMatch(in: text, range) else { return nil }
    return find(in: text, range)
  }

  /// The first match with its groups.
  package func firstMatch(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>? = nil
  ) -> PatternMatch? {
    let range = range ?? 0..<text.count
    guard mayMatch(in: text, range) else { return nil }
    return find(in: text, range).flatMap { match(in: text, $0) }
  }

  /// The match that begins where a range does, with its groups.
  package func match(
    at position: Int, in text: UnsafeBufferPointer<UInt8>, upTo end: Int? = nil
  ) -> PatternMatch? {
    let range = position..<(end ?? text.count)
    switch anchored.automaton.end(in: text, range) {
    case .none: return nil
    case .end(let end): return match(in: text, position..<end)
    case .unknown:
      return machine.match(in: text, range, isAnchored: true).map {
        PatternMatch(slots: $0, names: programs.groupNames)
      }
    }
  }

  /// Calls a closure with the range of every match, none of which overlap, until it returns false.
  ///
  /// After an empty match the search goes on one scalar further. Each search is linear; a
  /// pattern that looks far ahead for an end it seldom finds can make all of them together quadratic, so ranges that
  /// bound them, such as lines, are of use for patterns of others.
  package func forEachRange(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>? = nil,
    _ body: (Range<Int>) -> Bool
  ) {
    let range = range ?? 0..<text.count
    var position = range.lowerBound
    var requiredUntil = -1
    var lastEnd = -1
    while position <= range.upperBound {
      if let required = programs.required, position > requiredUntil, let bytes = text.baseAddress {
        guard let next = required.first(in: bytes, position..<range.upperBound) else { return }
        requiredUntil = next
      }
      guard let found = find(in: text, position..<range.upperBound) else { return }
      // An empty match right behind the last one counts for Python, but not for RE2.
      if found.isEmpty, found.lowerBound == lastEnd {
        position = next(after: position, in: text)
        continue
      }
      lastEnd = found.upperBound
      guard body(found) else { return }
      position = found.isEmpty ? next(after: found.upperBound, in: text) : found.upperBound
    }
  }

  /// All matches with their groups.
  package func matches(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>? = nil
  ) -> [PatternMatch] {
    var result: [PatternMatch] = []
    forEachRange(in: text, range) { found in
      if let match = match(in: text, found) { result.append(match) }
      return true
    }
    return result
  }

  /// The groups of a match that is known to be there.
  package func match(in text: UnsafeBufferPointer<UInt8>, _ found: Range<Int>) -> PatternMatch? {
    var slots = [found.lowerBound, found.upperBound]
    if programs.groupNames.count > 1 {
      guard let all = machine.match(in: text, found, isAnchored: true) else { return nil }
      slots = all
    }
    return PatternMatch(slots: slots, names: programs.groupNames)
  }

  private func next(after position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var next = position + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  private func mayMatch(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let required else { return true }
    guard let bytes = text.baseAddress else { return false }
    return required.first(in: bytes, range) != nil
  }

  private func find(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    switch search.automaton.end(in: text, range, filter: filter) {
    case .none: return nil
    case .end(let end):
      if case .end(let start) = reversed.automaton.start(in: text, range.lowerBound..<end) {
        return start..<end
      }
    case .unknown: break
    }
    return machine.match(in: text, range, isAnchored: false).map { $0[0]..<$0[1] }
  }
}

extension PatternMatcher {
  /// Whether the pattern matches somewhere in some bytes.
  package func isMatch(in text: [UInt8]) -> Bool {
    text.withUnsafeBufferPointer { isMatch(in: $0) }
  }

  /// The first match in some bytes.
  package func firstMatch(in text: [UInt8]) -> PatternMatch? {
    text.withUnsafeBufferPointer { firstMatch(in: $0) }
  }

  /// All matches in some bytes.
  package func matches(in text: [UInt8]) -> [PatternMatch] {
    text.withUnsafeBufferPointer { matches(in: $0) }
  }

  /// Whether the pattern matches somewhere in a text.
  package func isMatch(in text: String) -> Bool { isMatch(in: Array(text.utf8)) }
}

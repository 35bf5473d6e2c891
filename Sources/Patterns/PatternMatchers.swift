/// The machines of many patterns on one thread, kept from text to text.
package final class PatternMatchers {
  private var known: [ObjectIdentifier: PatternMatcher] = [:]
  private let memory: Int

  /// - Parameter memory: About how many bytes the machines of one pattern may take each.
  package init(memory: Int = 1 << 20) { self.memory = memory }

  package func matcher(_ pattern: Pattern) -> PatternMatcher {
    // The matcher keeps the pattern, and so its identity is nobody else's meanwhile.
    let key = ObjectIdentifier(pattern.programs)
    if let matcher = known[key] { return matcher }
    let matcher = PatternMatcher(pattern, memory: memory)
    known[key] = matcher
    return matcher
  }
}

/// Looks for many keywords in one pass over a text.
///
/// Where no keyword is near, a filter leaps over the text; where one could be, an automaton reads each byte once. So the
/// time is linear in the text and the hits, whatever the keywords are. The scan is immutable and may be shared.
package struct KeywordScan: Sendable {
  package let keywords: [Keyword]
  private let automaton: KeywordAutomaton
  private let filter: KeywordFilter?

  package init(_ keywords: [Keyword]) {
    self.keywords = keywords
    automaton = KeywordAutomaton(keywords)
    filter = KeywordFilter(keywords.filter { !$0.bytes.isEmpty })
  }

  /// Calls a closure for every keyword that stands in a text, in the order of their ends, until it returns false.
  ///
  /// - Parameter body: Gets the keyword's number and the place of its first byte.
  package func forEachHit(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>? = nil,
    _ body: (_ keyword: Int, _ position: Int) -> Bool
  ) {
    guard let bytes = text.baseAddress, !keywords.isEmpty else { return }
    let range = range ?? 0..<text.count
    var position = range.lowerBound
    guard let filter else {
      _ = run(bytes, &position, range.upperBound, until: range.upperBound, body)
      return
    }
    while let look = filter.next(in: bytes, position..<range.upperBound) {
      position = max(position, look - filter.reach)
      // The keyword that was seen lies around the look: past it the automaton may stop where nothing has begun.
      guard run(bytes, &position, range.upperBound, until: look + 3, body) else { return }
    }
  }

  /// The hits in some bytes.
  package func hits(in text: [UInt8]) -> [(keyword: Int, position: Int)] {
    var result: [(keyword: Int, position: Int)] = []
    text.withUnsafeBufferPointer { text in
      forEachHit(in: text) {
        result.append(($0, $1))
        return true
      }
    }
    return result
  }

  /// Runs the automaton from a place to the first one, at `until` or behind it, where no keyword has begun.
  private func run(
    _ text: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int, until: Int,
    _ body: (Int, Int) -> Bool
  ) -> Bool {
    let stride = automaton.stride
    return automaton.classes.withUnsafeBufferPointer { classes in
      automaton.table.withUnsafeBufferPointer { table in
        guard let classes = classes.baseAddress, let table = table.baseAddress else { return true }
        var place = position
        defer { position = place }
        var state = 0
        while place < end {
          let entry = table[state + Int(classes[Int(text[place])])]
          state = Int(entry & ~KeywordAutomaton.ends)
          place += 1
          if entry == 0 {
            if place >= until { return true }
          } else if entry >= KeywordAutomaton.ends, !report(state / stride, place, text, body) {
            return false
          }
        }
        return true
      }
    }
  }

  /// Tells of the keywords that end at a place; false to stop.
  private func report(
    _ state: Int, _ place: Int, _ text: UnsafePointer<UInt8>, _ body: (Int, Int) -> Bool
  ) -> Bool {
    let matches = Int(automaton.first[state])..<Int(automaton.first[state + 1])
    for match in automaton.matches[matches] {
      let keyword = keywords[Int(match)]
      let start = place - keyword.bytes.count
      // Both cases went through the automaton.
      guard keyword.ignoresCase || stands(keyword.bytes, text, start) else { continue }
      guard body(Int(match), start) else { return false }
    }
    return true
  }

  private func stands(
    _ bytes: [UInt8], _ text: UnsafePointer<UInt8>, _ start: Int
  ) -> Bool {
    for index in bytes.indices where bytes[index] != text[start + index] { return false }
    return true
  }
}

extension LazyDFA {
  /// What a run over a text found.
  enum Outcome: Equatable {
    case none
    /// A match ends, or read backwards begins, here.
    case end(Int)
    /// A byte that this machine cannot judge: ask ``PikeMachine``.
    case unknown
  }

  /// Runs forward over a range of the text; the text around the range is seen by assertions only.
  ///
  /// - Parameters:
  ///   - isEarliest: Stops at the first place where some match is known to end.
  ///   - filter: Finds where a match could begin, to leap there.
  mutating func end(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isEarliest: Bool = false,
    filter: StartFilter? = nil
  ) -> Outcome {
    // An empty text may have no address, and none of its bytes is looked at.
    let bytes = text.baseAddress ?? UnsafePointer(self.classes)
    var before = Context.edge
    if range.lowerBound > 0 {
      let byte = bytes[range.lowerBound - 1]
      if byte >= 0x80, program.asksUnicodeWords { return .unknown }
      before = Context(byte: byte)
    }
    var position = range.lowerBound
    var state = start(behind: before)
    var result = Outcome.none
    // A leap must be worth the call: where candidates are thick, the machine alone is faster.
    var credit = 64
    if let filter, program.asked == 0 {
      guard let next = filter.next(in: bytes, position..<range.upperBound) else { return .none }
      position = next
    }
    var table = self.table
    let classes = self.classes
    let end = range.upperBound
    while position < end {
      var entry = table[Int(state) + Int(classes[Int(bytes[position])])]
      if entry < Mark.special {
        state = entry
        position += 1
        continue
      }
      if entry == Mark.unknown {
        entry = makeNext(&state, class: Int(classes[Int(bytes[position])]))
        table = self.table
      }
      if entry >= Mark.giveUp {
        return entry == Mark.giveUp ? .unknown : result
      }
      if entry >= Mark.start {
        position += 1
        state = entry & Mark.state
        if let filter, credit > 0 {
          guard let next = filter.next(in: bytes, position..<end) else { return result }
          credit += min(next - position, 64) - 16
          position = next
        }
        continue
      }
      if entry >= Mark.match {
        result = .end(position)
        if isEarliest { return result }
      }
      state = entry & Mark.state
      position += 1
    }
    let last = end == text.count ? stride - 1 : Int(classes[Int(bytes[end])])
    var entry = table[Int(state) + last]
    if entry == Mark.unknown { entry = makeNext(&state, class: last) }
    if entry == Mark.giveUp { return .unknown }
    if entry < Mark.giveUp, entry & Mark.match != 0 { return .end(end) }
    return result
  }

  /// Runs backward from the end of a range, for a program that is reversed: where the longest match begins.
  mutating func start(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Outcome {
    var before = Context.edge
    if range.upperBound < text.count {
      let byte = text[range.upperBound]
      if byte >= 0x80, program.asksUnicodeWords { return .unknown }
      before = Context(byte: byte)
    }
    var position = range.upperBound
    var state = start(behind: before)
    var result = Outcome.none
    while true {
      let isLast = position == range.lowerBound
      let byteClass =
        position > 0 ? Int(classes[Int(text[position - 1])]) : stride - 1
      var entry = table[Int(state) + byteClass]
      if entry == Mark.unknown { entry = makeNext(&state, class: byteClass) }
      if entry == Mark.giveUp { return .unknown }
      if entry == Mark.dead { return result }
      if entry & Mark.match != 0 { result = .end(position) }
      if isLast { return result }
      state = entry & Mark.state
      position -= 1
    }
  }
}

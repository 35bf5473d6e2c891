/// A pattern as a machine: instructions that read bytes, choose, remember a place, or ask about one (Thompson, 1968).
struct Program: Sendable {
  enum Operation: UInt8, Sendable {
    /// Reads one byte, by the transitions from `first`, `second` of them.
    case read
    /// Goes on at `first`, and where that leads nowhere, at `second`.
    case choose
    /// Notes the place in slot `second`, and goes on at `first`.
    case save
    /// Goes on at `first` where the assertion `second` holds.
    case ask
    case match
  }

  struct Instruction: Sendable, Hashable {
    var operation: Operation
    var first: Int32 = 0
    var second: Int32 = 0
  }

  struct Transition: Sendable, Hashable {
    var low: UInt8
    var high: UInt8
    var next: Int32
  }

  var instructions: [Instruction] = []
  var transitions: [Transition] = []
  /// Where a match that begins right here starts.
  var start: Int32 = 0
  /// Where a match that begins here or further on starts.
  var searchStart: Int32 = 0
  /// Two for each group, the whole match first.
  var slotCount = 2
  /// Whether it reads from the back to the front.
  var isReversed = false

  /// Bytes that no transition tells apart have one class.
  var classes = [UInt8](repeating: 0, count: 256)
  var classCount = 1
  /// One byte of each class.
  var representatives: [UInt8] = []
  /// Whether an assertion asks, one bit each.
  var asked: UInt8 = 0

  func asks(_ assertions: Assertion...) -> Bool {
    assertions.contains { asked & (1 << $0.rawValue) != 0 }
  }

  /// Whether words of all languages count: then a byte alone does not say what stands there.
  var asksUnicodeWords: Bool { asks(.unicodeWordBoundary, .notUnicodeWordBoundary) }

  /// Finds out which bytes are alike.
  mutating func classifyBytes() {
    var ends = [Bool](repeating: false, count: 257)
    func separate(_ low: Int, _ high: Int) {
      ends[low] = true
      ends[high + 1] = true
    }
    for transition in transitions { separate(Int(transition.low), Int(transition.high)) }
    for instruction in instructions where instruction.operation == .ask {
      asked |= 1 << UInt8(truncatingIfNeeded: instruction.second)
    }
    if asks(.lineStart, .lineEnd) { separate(0x0A, 0x0A) }
    if asks(.wordBoundary, .notWordBoundary) || asksUnicodeWords {
      for byte in 0..<128 where UInt8(byte).isWord { separate(byte, byte) }
      separate(0x80, 0xBF)
    }
    var current = 0
    representatives = [0]
    for byte in 1..<256 {
      if ends[byte] {
        current += 1
        representatives.append(UInt8(byte))
      }
      classes[byte] = UInt8(current)
    }
    classCount = current + 1
  }

  /// The bytes that a match can begin with; nil when it can be empty.
  var firstBytes: [UInt8]? {
    var found = [Bool](repeating: false, count: 256)
    var seen = Set<Int32>()
    var waiting = [start]
    while let index = waiting.popLast() {
      guard seen.insert(index).inserted else { continue }
      let instruction = instructions[Int(index)]
      switch instruction.operation {
      case .read:
        let from = Int(instruction.first)
        for transition in transitions[from..<from + Int(instruction.second)] {
          for byte in transition.low...transition.high { found[Int(byte)] = true }
        }
      case .choose: waiting += [instruction.first, instruction.second]
      case .save, .ask: waiting.append(instruction.first)
      case .match: return nil
      }
    }
    return (0..<256).filter { found[$0] }.map { UInt8($0) }
  }
}

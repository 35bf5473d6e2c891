/// Runs a program with all its threads side by side, each with the places it passed: slower than ``LazyDFA``, but it knows
/// the groups, and the words of all languages (Pike's machine: https://swtch.com/~rsc/regexp/regexp2.html).
struct PikeMachine {
  private enum Step {
    case explore(Int32)
    case restore(slot: Int, value: Int)
  }

  private let program: Program
  /// The threads at a place and those at the next, each with its slots.
  private var lists: [InstructionList]
  private var slots: [[Int]]
  private var scratch: [Int]
  private var stack: [Step] = []

  init(_ program: Program) {
    self.program = program
    let count = program.instructions.count
    lists = [InstructionList](repeating: InstructionList(capacity: count), count: 2)
    let none = [Int](repeating: -1, count: count * program.slotCount)
    slots = [none, none]
    scratch = [Int](repeating: -1, count: program.slotCount)
  }

  /// The slots of the preferred match of a range of a text; nil when there is none.
  ///
  /// - Parameter isAnchored: Whether the match must begin where the range does.
  mutating func match(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isAnchored: Bool
  ) -> [Int]? {
    var now = 0
    lists[now].removeAll()
    var result: [Int]?
    var position = range.lowerBound
    while true {
      if result == nil, !isAnchored || position == range.lowerBound {
        for slot in scratch.indices { scratch[slot] = -1 }
        add(program.start, at: position, in: text, to: now)
      }
      if lists[now].items.isEmpty, result != nil || isAnchored { return result }
      lists[1 - now].removeAll()
      run: for item in lists[now].items {
        let instruction = program.instructions[Int(item)]
        let base = Int(item) * program.slotCount
        switch instruction.operation {
        case .match:
          result = Array(slots[now][base..<base + program.slotCount])
          break run
        case .read where position < range.upperBound:
          let byte = text[position]
          let first = Int(instruction.first)
          for index in first..<first + Int(instruction.second) {
            let transition = program.transitions[index]
            guard transition.low <= byte, byte <= transition.high else { continue }
            for slot in scratch.indices { scratch[slot] = slots[now][base + slot] }
            add(transition.next, at: position + 1, in: text, to: 1 - now)
          }
        case .read, .ask, .choose, .save: break
        }
      }
      guard position < range.upperBound else { return result }
      position += 1
      now = 1 - now
    }
  }

  /// Adds a thread, with the slots in `scratch`, wherever it gets without reading.
  private mutating func add(
    _ index: Int32, at position: Int, in text: UnsafeBufferPointer<UInt8>, to list: Int
  ) {
    stack.append(.explore(index))
    while let step = stack.popLast() {
      switch step {
      case .restore(let slot, let value): scratch[slot] = value
      case .explore(let index):
        guard lists[list].insert(index) else { continue }
        let instruction = program.instructions[Int(index)]
        switch instruction.operation {
        case .choose:
          stack.append(.explore(instruction.second))
          stack.append(.explore(instruction.first))
        case .save:
          let slot = Int(instruction.second)
          stack.append(.restore(slot: slot, value: scratch[slot]))
          scratch[slot] = position
          stack.append(.explore(instruction.first))
        case .ask:
          if holds(instruction.second, at: position, in: text) {
            stack.append(.explore(instruction.first))
          }
        case .read, .match:
          let base = Int(index) * program.slotCount
          for slot in scratch.indices { slots[list][base + slot] = scratch[slot] }
        }
      }
    }
  }

  private func holds(
    _ assertion: Int32, at position: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var before = position > 0 ? Context(byte: text[position - 1]) : .edge
    var after = position < text.count ? Context(byte: text[position]) : .edge
    if program.asksUnicodeWords {
      if let scalar = UTF8Scalar.before(position, in: text), scalar >= 0x80 {
        before = PerlClass.isWord(scalar, unicode: true) ? .word : .other
      }
      if let scalar = UTF8Scalar.at(position, in: text), scalar >= 0x80 {
        after = PerlClass.isWord(scalar, unicode: true) ? .word : .other
      }
    }
    return Assertion.holding(before: before, after: after) & (1 << UInt8(assertion)) != 0
  }
}

/// A deterministic machine made of a program while it runs, one state at a time, in bounded memory.
///
/// A state is the list of instructions that the program may be at, the preferred first. That an assertion holds, and that
/// a match ended, is known one byte late, since it depends on the next byte. When the states fill their memory they are
/// dropped and made anew, so time stays linear in the text (RE2's design: https://swtch.com/~rsc/regexp/regexp3.html).
struct LazyDFA: ~Copyable {
  /// What an entry of the table says besides the next state.
  enum Mark {
    /// Anything from here on is no plain state.
    static let special: UInt32 = 0x4000_0000
    /// A match ended before the byte that led here.
    static let match: UInt32 = 0x4000_0000
    /// The state a search begins in.
    static let start: UInt32 = 0x8000_0000
    static let unknown: UInt32 = 0xFFFF_FFFF
    static let dead: UInt32 = 0xFFFF_FFFE
    /// A byte that this machine cannot judge.
    static let giveUp: UInt32 = 0xFFFF_FFFD
    static let state: UInt32 = 0x3FFF_FFFF
  }

  private struct State {
    var items: [Int32]
    var before: Context
    var isMatch: Bool
  }

  let program: Program
  /// Whether the longest match counts rather than the preferred one.
  private let isLongest: Bool
  /// Whether matches may begin further on.
  private let isSearch: Bool
  let stride: Int
  private let stateLimit: Int
  private let itemLimit: Int

  /// The next state by state and class of byte; the last class is the end of the text.
  private(set) var table: UnsafeMutablePointer<UInt32>
  private var capacity = 0
  let classes: UnsafeMutablePointer<UInt8>
  private var states: [State] = []
  private var itemCount = 0
  private var known: [[Int32]: UInt32] = [:]
  private var starts: [UInt32] = [UInt32](repeating: Mark.unknown, count: 5)
  private var list: InstructionList
  private var resolved: InstructionList
  private var stack: [Int32] = []
  /// How often the states were dropped.
  private(set) var flushCount = 0

  init(_ program: Program, isLongest: Bool, isSearch: Bool, memory: Int) {
    self.program = program
    self.isLongest = isLongest
    self.isSearch = isSearch
    stride = program.classCount + 1
    stateLimit = max(16, min(memory / 2 / (4 * stride), 0x3FFF_0000 / stride))
    itemLimit = max(memory / 8, 4 * program.instructions.count)
    capacity = min(16, stateLimit)
    table = .allocate(capacity: capacity * stride)
    classes = .allocate(capacity: 256)
    classes.initialize(from: program.classes, count: 256)
    list = InstructionList(capacity: program.instructions.count)
    resolved = InstructionList(capacity: program.instructions.count)
  }

  deinit {
    table.deallocate()
    classes.deallocate()
  }

  /// The state that a search begins in, behind some context.
  mutating func start(behind before: Context) -> UInt32 {
    let place = Int(before.rawValue)
    if starts[place] == Mark.unknown {
      list.removeAll()
      Self.close(
        isSearch ? program.searchStart : program.start, holding: nil, of: program, into: &list,
        &stack)
      let state = intern(list.items, behind: before, isMatch: false) & Mark.state
      starts[place] = state
      // Only where no assertion asks are all starts one state, which may be left by looking for the pattern's first bytes.
      if isSearch, program.asked == 0 { markEntries(to: state) }
    }
    return starts[place]
  }

  /// The entry behind a state whose entry is unknown.
  ///
  /// - Parameter state: made valid again if the states are dropped on the way.
  mutating func makeNext(_ state: inout UInt32, class byteClass: Int) -> UInt32 {
    if states.count >= stateLimit || itemCount >= itemLimit {
      let current = states[Int(state) / stride]
      flush()
      state = intern(current.items, behind: current.before, isMatch: current.isMatch) & Mark.state
    }
    let entry = step(states[Int(state) / stride], byteClass)
    table[Int(state) + byteClass] = entry
    return entry
  }

  private mutating func step(_ current: State, _ byteClass: Int) -> UInt32 {
    let isEnd = byteClass == stride - 1
    let byte = isEnd ? 0 : program.representatives[byteClass]
    if !isEnd, byte >= 0x80, program.asksUnicodeWords { return Mark.giveUp }
    let after: Context = isEnd ? .edge : Context(byte: byte)
    resolved.removeAll()
    let holding =
      program.isReversed
      ? Assertion.holding(before: after, after: current.before)
      : Assertion.holding(before: current.before, after: after)
    for item in current.items {
      Self.close(item, holding: holding, of: program, into: &resolved, &stack)
    }
    var isMatch = false
    list.removeAll()
    for item in resolved.items {
      let instruction = program.instructions[Int(item)]
      switch instruction.operation {
      case .match: isMatch = true
      case .read where !isEnd:
        let first = Int(instruction.first)
        for index in first..<first + Int(instruction.second) {
          let transition = program.transitions[index]
          if transition.low <= byte, byte <= transition.high {
            Self.close(transition.next, holding: nil, of: program, into: &list, &stack)
          }
        }
      case .read, .ask, .choose, .save: break
      }
      if isMatch, !isLongest { break }
    }
    if list.items.isEmpty, !isMatch { return Mark.dead }
    return intern(list.items, behind: after, isMatch: isMatch)
  }

  /// Adds what can be reached without reading; assertions stay in the list unless it is known which hold.
  private static func close(
    _ index: Int32, holding: UInt8?, of program: Program, into list: inout InstructionList,
    _ stack: inout [Int32]
  ) {
    stack.append(index)
    while let index = stack.popLast() {
      guard list.insert(index) else { continue }
      let instruction = program.instructions[Int(index)]
      switch instruction.operation {
      case .choose:
        stack.append(instruction.second)
        stack.append(instruction.first)
      case .save: stack.append(instruction.first)
      case .ask:
        if let holding, holding & (1 << UInt8(truncatingIfNeeded: instruction.second)) != 0 {
          stack.append(instruction.first)
        }
      case .read, .match: break
      }
    }
  }

  /// The state of a list, made if it is new.
  private mutating func intern(_ all: [Int32], behind before: Context, isMatch: Bool) -> UInt32 {
    // What only leads on says nothing.
    var items: [Int32] = [0]
    var asks = false
    scan: for item in all {
      switch program.instructions[Int(item)].operation {
      case .choose, .save: continue
      case .ask: asks = true
      case .read: break
      case .match where isLongest: break
      case .match:
        items.append(item)
        break scan
      }
      items.append(item)
    }
    let before = asks ? before : .other
    items[0] = Int32(before.rawValue) << 1 | (isMatch ? 1 : 0)
    let mark = isMatch ? Mark.match : 0
    if let state = known[items] {
      return state | mark | (state == markedStart && !isMatch ? Mark.start : 0)
    }
    let index = states.count
    grow(to: index + 1)
    (table + index * stride).initialize(repeating: Mark.unknown, count: stride)
    let state = UInt32(index * stride)
    known[items] = state
    itemCount += 2 * items.count + 16
    items.removeFirst()
    states.append(State(items: items, before: before, isMatch: isMatch))
    return state | mark
  }

  private var markedStart: UInt32?

  /// From now on entries to this state say so.
  private mutating func markEntries(to state: UInt32) {
    markedStart = state
    for index in 0..<states.count * stride where table[index] == state {
      table[index] = state | Mark.start
    }
  }

  private mutating func grow(to count: Int) {
    guard count > capacity else { return }
    let larger = max(count, min(capacity * 2, stateLimit + 2))
    let moved = UnsafeMutablePointer<UInt32>.allocate(capacity: larger * stride)
    moved.moveInitialize(from: table, count: states.count * stride)
    table.deallocate()
    table = moved
    capacity = larger
  }

  private mutating func flush() {
    flushCount += 1
    states.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    itemCount = 0
    markedStart = nil
    for index in starts.indices { starts[index] = Mark.unknown }
  }
}

import Platform

/// Makes a program of a pattern's tree, from its end to its beginning, so that each part knows what follows it.
struct ProgramCompiler {
  /// The most instructions and transitions that a program may have, a few megabytes; counts in braces multiply.
  static let sizeLimit = 100_000

  private var program = Program()
  /// How the sets read so far are read; a count in braces asks for one again and again.
  private var sets: [ScalarSet: ByteMachine] = [:]

  /// - Throws: ``ParseFailure`` when the program would be too large.
  static func compile(
    _ node: PatternNode, groups: Int, reversed: Bool = false
  ) throws(ParseFailure) -> Program {
    var compiler = ProgramCompiler()
    compiler.program.isReversed = reversed
    compiler.program.slotCount = groups * 2
    var end = try compiler.add(.match)
    if !reversed { end = try compiler.add(.save, end, 1) }
    var start = try compiler.compile(node, end)
    if !reversed { start = try compiler.add(.save, start, 0) }
    compiler.program.start = start
    let search = try compiler.add(.choose, start, 0)
    compiler.program.instructions[Int(search)].second = try compiler.read([
      Program.Transition(low: 0, high: 0xFF, next: search)
    ])
    compiler.program.searchStart = search
    compiler.program.classifyBytes()
    return compiler.program
  }

  private mutating func add(
    _ operation: Program.Operation, _ first: Int32 = 0, _ second: Int32 = 0
  ) throws(ParseFailure) -> Int32 {
    guard program.instructions.count + program.transitions.count < Self.sizeLimit else {
      throw ParseFailure("the pattern is too large", hint: "smaller counts in braces help")
    }
    program.instructions.append(
      Program.Instruction(operation: operation, first: first, second: second))
    return Int32(program.instructions.count - 1)
  }

  private mutating func read(_ transitions: [Program.Transition]) throws(ParseFailure) -> Int32 {
    let index = try add(.read, Int32(program.transitions.count), Int32(transitions.count))
    program.transitions += transitions
    return index
  }

  /// Compiles a node so that what follows it is at `next`; returns where it begins.
  private mutating func compile(_ node: PatternNode, _ next: Int32) throws(ParseFailure) -> Int32 {
    switch node {
    case .empty: return next
    case .literal(let bytes):
      var next = next
      for byte in program.isReversed ? bytes : bytes.reversed() {
        next = try read([Program.Transition(low: byte, high: byte, next: next)])
      }
      return next
    case .set(let set):
      if let known = sets[set] { return try add(known, next) }
      let machine = try ByteMachine(set, reversed: program.isReversed, limit: Self.sizeLimit)
      sets[set] = machine
      return try add(machine, next)
    case .assertion(let assertion): return try add(.ask, next, Int32(assertion.rawValue))
    case .group(let inner, let index):
      guard !program.isReversed else { return try compile(inner, next) }
      let end = try add(.save, next, Int32(2 * index + 1))
      return try add(.save, try compile(inner, end), Int32(2 * index))
    case .concatenation(let nodes):
      var next = next
      for part in program.isReversed ? nodes : nodes.reversed() { next = try compile(part, next) }
      return next
    case .alternation(let nodes):
      var result = try compile(nodes[nodes.count - 1], next)
      for choice in nodes.dropLast().reversed() {
        result = try add(.choose, try compile(choice, next), result)
      }
      return result
    case .repetition(let inner, let least, let most, let isLazy):
      return try repeated(inner, least, most, isLazy, next)
    }
  }

  private mutating func repeated(
    _ inner: PatternNode, _ least: Int, _ most: Int?, _ isLazy: Bool, _ next: Int32
  ) throws(ParseFailure) -> Int32 {
    var result = next
    var least = least
    if let most {
      for _ in least..<max(most, least) {
        result = try choose(try compile(inner, result), next, isLazy)
      }
    } else {
      let isOptional = least == 0
      least = max(0, least - 1)
      // A body that can be empty must be entered once more, or its own choice of the empty text were lost.
      if isOptional, !inner.isNullable {
        let loop = try add(.choose, 0, 0)
        try patch(loop, try compile(inner, loop), next, isLazy)
        result = loop
      } else {
        let loop = try add(.choose, 0, 0)
        let body = try compile(inner, loop)
        try patch(loop, body, next, isLazy)
        result = isOptional ? try choose(body, next, isLazy) : body
      }
    }
    for _ in 0..<least { result = try compile(inner, result) }
    return result
  }

  private mutating func choose(
    _ body: Int32, _ next: Int32, _ isLazy: Bool
  ) throws(ParseFailure) -> Int32 {
    isLazy ? try add(.choose, next, body) : try add(.choose, body, next)
  }

  private mutating func patch(
    _ loop: Int32, _ body: Int32, _ next: Int32, _ isLazy: Bool
  ) throws(ParseFailure) {
    program.instructions[Int(loop)].first = isLazy ? next : body
    program.instructions[Int(loop)].second = isLazy ? body : next
  }

  /// Adds what reads one scalar of a set.
  private mutating func add(
    _ machine: ByteMachine, _ next: Int32
  ) throws(ParseFailure) -> Int32 {
    let first = Int32(program.instructions.count)
    var result = next
    for node in machine.nodes {
      result = try read(
        node.map {
          Program.Transition(
            low: $0.low, high: $0.high, next: $0.next == ByteMachine.end ? next : first + $0.next)
        })
    }
    return result
  }
}

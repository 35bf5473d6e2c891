/// A regular expression as steps for a machine that goes back when it fails.
struct PatternProgram {
  enum Step {
    case character(UInt32)
    case foldedCharacter(UInt32)
    case set(PatternSet)
    /// Goes on at the first, and when that fails at the second.
    case fork(Int, Int)
    case jump(Int)
    case save(Int)
    /// Sets a counter to nought.
    case enter(counter: Int)
    /// At the end of a round: the body again, or what follows.
    case round(counter: Int, body: Int, least: Int, most: Int, isLazy: Bool)
    /// One character of a set, many times.
    case run(PatternSet, least: Int, most: Int, isLazy: Bool)
    case reference(Int, ignoringCase: Bool)
    case assertion(PatternAssertion)
    /// Matches the steps that follow up to their `end`, and goes on behind them.
    case look(behind: Int, isNegative: Bool, next: Int)
    case atomic(next: Int)
    case condition(group: Int, otherwise: Int)
    case end
  }

  private(set) var steps: [Step] = []
  private(set) var counters = 0

  init(_ node: PatternNode) {
    add(node)
    steps.append(.end)
  }

  private mutating func add(_ node: PatternNode) {
    switch node {
    case .empty: break
    case .character(let point, let ignoringCase):
      steps.append(
        ignoringCase ? .foldedCharacter(PatternSet.folded(point)) : .character(point))
    case .set(let set): steps.append(.set(set))
    case .sequence(let items): for item in items { add(item) }
    case .choice(let branches): addChoice(branches)
    case .repeat(let inner, let least, let most, let kind):
      addRepeat(inner, least: least, most: most, kind)
    case .group(let inner, let number):
      steps.append(.save(number * 2))
      add(inner)
      steps.append(.save(number * 2 + 1))
    case .reference(let group, let ignoringCase):
      steps.append(.reference(group, ignoringCase: ignoringCase))
    case .assertion(let assertion): steps.append(.assertion(assertion))
    case .lookAhead(let inner, let isNegative): addLook(inner, 0, isNegative)
    case .lookBehind(let inner, let width, let isNegative): addLook(inner, width, isNegative)
    case .atomic(let inner): addAtomic(inner)
    case .condition(let group, let then, let otherwise):
      let start = hole()
      add(then)
      let jump = hole()
      steps[start] = .condition(group: group, otherwise: steps.count)
      add(otherwise)
      steps[jump] = .jump(steps.count)
    }
  }

  /// A step to be filled in later.
  private mutating func hole() -> Int {
    steps.append(.end)
    return steps.count - 1
  }

  private mutating func addChoice(_ branches: [PatternNode]) {
    var jumps: [Int] = []
    for branch in branches.dropLast() {
      let fork = hole()
      add(branch)
      jumps.append(hole())
      steps[fork] = .fork(fork + 1, steps.count)
    }
    if let last = branches.last { add(last) }
    for jump in jumps { steps[jump] = .jump(steps.count) }
  }

  private mutating func addLook(_ inner: PatternNode, _ behind: Int, _ isNegative: Bool) {
    let look = hole()
    add(inner)
    steps.append(.end)
    steps[look] = .look(behind: behind, isNegative: isNegative, next: steps.count)
  }

  private mutating func addAtomic(_ inner: PatternNode) {
    let start = hole()
    add(inner)
    steps.append(.end)
    steps[start] = .atomic(next: steps.count)
  }

  private mutating func addRepeat(
    _ inner: PatternNode, least: Int, most: Int, _ kind: PatternNode.RepeatKind
  ) {
    if kind == .possessive {
      return addAtomic(.repeat(inner, least: least, most: most, .greedy))
    }
    let isLazy = kind == .lazy
    switch inner {
    case .set(let set):
      steps.append(.run(set, least: least, most: most, isLazy: isLazy))
    case .character(let point, let ignoringCase):
      let set = PatternSet(ranges: [point...point], ignoresCase: ignoringCase)
      steps.append(.run(set, least: least, most: most, isLazy: isLazy))
    default:
      if least == 0, most == 1 {
        let fork = hole()
        add(inner)
        steps[fork] = isLazy ? .fork(steps.count, fork + 1) : .fork(fork + 1, steps.count)
        return
      }
      let counter = counters
      counters += 1
      steps.append(.enter(counter: counter))
      let jump = hole()
      let body = steps.count
      add(inner)
      steps[jump] = .jump(steps.count)
      steps.append(
        .round(counter: counter, body: body, least: least, most: most, isLazy: isLazy))
    }
  }
}

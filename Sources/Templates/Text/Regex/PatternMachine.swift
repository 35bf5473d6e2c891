/// Runs a program over a text, going back to the last choice when it fails.
struct PatternMachine {
  let program: PatternProgram
  let text: [UInt32]
  /// Where each group starts and ends, two a group; -1 where it did not match.
  private(set) var slots: [Int]
  private var counts: [Int]
  /// Where each loop's last round began, so that rounds of nothing end.
  private var starts: [Int]
  private var stack: [Choice] = []
  private var steps = 0

  /// How many steps one search may take: an expression such as `(a*)*b` never ends otherwise.
  static let mostSteps = 5_000_000
  private static let mostChoices = 4_000_000

  private enum Choice {
    case branch(step: Int, position: Int)
    case slot(Int, Int)
    case counter(Int, count: Int, start: Int)
    /// A run that may give back characters down to `least`.
    case shrink(step: Int, position: Int, least: Int)
    /// A run that may take one more, up to `most`.
    case grow(step: Int, position: Int, most: Int)
  }

  init(_ program: PatternProgram, groups: Int, text: [UInt32]) {
    self.program = program
    self.text = text
    slots = Array(repeating: -1, count: groups * 2 + 2)
    counts = Array(repeating: 0, count: program.counters)
    starts = Array(repeating: -1, count: program.counters)
  }

  /// Matches at a position; the end, or nil.
  ///
  /// - Parameter mustAdvance: whether a match of nothing does not count.
  mutating func match(at start: Int, mustAdvance: Bool, end: Int?) throws(TemplateError) -> Int? {
    for index in slots.indices { slots[index] = -1 }
    stack.removeAll(keepingCapacity: true)
    return try run(from: 0, at: start) { found in
      !(mustAdvance && found == start) && (end == nil || found == end)
    }
  }

  private mutating func run(
    from first: Int, at start: Int, accept: (Int) -> Bool
  ) throws(TemplateError) -> Int? {
    let base = stack.count
    var step = first
    var position = start
    while true {
      steps += 1
      guard steps <= Self.mostSteps, stack.count <= Self.mostChoices else {
        throw .limit("a regular expression that takes more than \(Self.mostSteps) steps")
      }
      var isMatch: Bool
      switch program.steps[step] {
      case .end:
        if accept(position) { return position }
        isMatch = false
      case .character(let point):
        isMatch = position < text.count && text[position] == point
        if isMatch { position += 1 }
        step += 1
      case .foldedCharacter(let point):
        isMatch = position < text.count && PatternSet.folded(text[position]) == point
        if isMatch { position += 1 }
        step += 1
      case .set(let set):
        isMatch = position < text.count && set.contains(text[position])
        if isMatch { position += 1 }
        step += 1
      case .fork(let first, let second):
        stack.append(.branch(step: second, position: position))
        step = first
        isMatch = true
      case .jump(let target):
        step = target
        isMatch = true
      case .save(let slot):
        stack.append(.slot(slot, slots[slot]))
        slots[slot] = position
        step += 1
        isMatch = true
      case .enter(let counter):
        push(counter)
        counts[counter] = -1
        starts[counter] = -1
        step += 1
        isMatch = true
      case .round(let counter, let body, let least, let most, let isLazy):
        step = round(counter, body, least, most, isLazy, next: step + 1, position)
        isMatch = true
      case .run(let set, let least, let most, let isLazy):
        isMatch = startRun(set, least, most, isLazy, step + 1, &position)
        step += 1
      case .reference(let group, let ignoringCase):
        isMatch = matchReference(group, ignoringCase, &position)
        step += 1
      case .assertion(let assertion):
        isMatch = holds(assertion, position)
        step += 1
      case .look(let behind, let isNegative, let next):
        isMatch = try look(step + 1, position - behind) != isNegative
        step = next
      case .atomic(let next):
        let end = try inside(step + 1, position)
        isMatch = end != nil
        position = end ?? position
        step = next
      case .condition(let group, let otherwise):
        step = group * 2 + 1 < slots.count && slots[group * 2 + 1] >= 0 ? step + 1 : otherwise
        isMatch = true
      }
      if !isMatch {
        guard let (next, place) = goBack(to: base) else { return nil }
        step = next
        position = place
      }
    }
  }

  private mutating func push(_ counter: Int) {
    stack.append(.counter(counter, count: counts[counter], start: starts[counter]))
  }

  /// Where to go on at the end of a round; rounds are counted from the entry, which is round -1.
  private mutating func round(
    _ counter: Int, _ body: Int, _ least: Int, _ most: Int, _ isLazy: Bool, next: Int,
    _ position: Int
  ) -> Int {
    push(counter)
    counts[counter] += 1
    let count = counts[counter]
    if count < least { return body }
    let mayGoOn = count < most && starts[counter] != position
    guard mayGoOn else { return next }
    if isLazy {
      // Going back must find the start of the round set, so it is set now; leaving it makes no difference.
      starts[counter] = position
      stack.append(.branch(step: body, position: position))
      return next
    }
    stack.append(.branch(step: next, position: position))
    push(counter)
    starts[counter] = position
    return body
  }

  private mutating func startRun(
    _ set: PatternSet, _ least: Int, _ most: Int, _ isLazy: Bool, _ next: Int,
    _ position: inout Int
  ) -> Bool {
    let start = position
    let left = text.count - start
    guard least <= left else { return false }
    let limit = start + min(most, left)
    let needed = isLazy ? start + least : limit
    var end = start
    while end < needed, set.contains(text[end]) { end += 1 }
    steps += end - start
    guard end >= start + least else { return false }
    position = end
    if isLazy {
      if end < limit { stack.append(.grow(step: next, position: end, most: limit)) }
    } else if end > start + least {
      stack.append(.shrink(step: next, position: end, least: start + least))
    }
    return true
  }

  private func matchReference(_ group: Int, _ ignoringCase: Bool, _ position: inout Int) -> Bool {
    let start = slots[group * 2]
    let end = slots[group * 2 + 1]
    guard start >= 0, end >= start, end - start <= text.count - position else { return false }
    for offset in 0..<(end - start) {
      let left = text[start + offset]
      let right = text[position + offset]
      guard
        left == right
          || (ignoringCase && PatternSet.folded(left) == PatternSet.folded(right))
      else { return false }
    }
    position += end - start
    return true
  }

  private func holds(_ assertion: PatternAssertion, _ position: Int) -> Bool {
    switch assertion {
    case .textStart: position == 0
    case .textEnd: position == text.count
    case .lineStart: position == 0 || text[position - 1] == 0x0A
    case .lineEnd: position == text.count || text[position] == 0x0A
    case .lastLineEnd:
      position == text.count || (position == text.count - 1 && text[position] == 0x0A)
    case .wordEdge(let ascii): isWordEdge(position, ascii)
    case .noWordEdge(let ascii): !text.isEmpty && !isWordEdge(position, ascii)
    }
  }

  private func isWordEdge(_ position: Int, _ ascii: Bool) -> Bool {
    let isBefore = position > 0 && PatternClass.word.contains(text[position - 1], ascii: ascii)
    let isAfter =
      position < text.count && PatternClass.word.contains(text[position], ascii: ascii)
    return isBefore != isAfter
  }

  private mutating func look(_ step: Int, _ position: Int) throws(TemplateError) -> Bool {
    position >= 0 ? try inside(step, position) != nil : false
  }

  /// Matches a part for itself: once it has matched, its choices are closed.
  private mutating func inside(_ step: Int, _ position: Int) throws(TemplateError) -> Int? {
    let base = stack.count
    guard let end = try run(from: step, at: position, accept: { _ in true }) else { return nil }
    let kept = stack[base...].filter {
      switch $0 {
      case .slot, .counter: true
      case .branch, .shrink, .grow: false
      }
    }
    stack.replaceSubrange(base..., with: kept)
    return end
  }

  /// Undoes what was done since the last choice, and takes its other way.
  private mutating func goBack(to base: Int) -> (step: Int, position: Int)? {
    while stack.count > base, let choice = stack.popLast() {
      switch choice {
      case .branch(let step, let position): return (step, position)
      case .slot(let slot, let value): slots[slot] = value
      case .counter(let counter, let count, let start):
        counts[counter] = count
        starts[counter] = start
      case .shrink(let step, let position, let least):
        if position - 1 > least {
          stack.append(.shrink(step: step, position: position - 1, least: least))
        }
        return (step, position - 1)
      case .grow(let step, let position, let most):
        guard case .run(let set, _, _, _) = program.steps[step - 1], set.contains(text[position])
        else { continue }
        if position + 1 < most {
          stack.append(.grow(step: step, position: position + 1, most: most))
        }
        return (step, position + 1)
      }
    }
    return nil
  }
}

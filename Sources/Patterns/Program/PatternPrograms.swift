import Platform
import Synchronization

/// The machines of a pattern, made when it is first matched: of the many patterns of a project's rules, most never are.
final class PatternPrograms: Sendable {
  struct Made: Sendable {
    let forward: Program
    let backward: Program
    let filter: StartFilter?
  }

  private let node: PatternNode
  private let groups: Int
  private let texts: RequiredText
  private let memory: Mutex<Made?>

  /// - Throws: ``ParseFailure`` when a program would be too large.
  init(_ node: PatternNode, groups: Int, _ texts: RequiredText) throws(ParseFailure) {
    self.node = node
    self.groups = groups
    self.texts = texts
    // What may be too large is compiled to know; the rest cannot be.
    let isSurelySmall = node.sizeBound < ProgramCompiler.sizeLimit - 100
    memory = Mutex(isSurelySmall ? nil : try Self.make(node, groups, texts))
  }

  var made: Made {
    memory.withLock { memory in
      if let memory { return memory }
      guard let new = try? Self.make(node, groups, texts) else {
        preconditionFailure("a pattern below the bound is too large")
      }
      memory = new
      return new
    }
  }

  private static func make(
    _ node: PatternNode, _ groups: Int, _ texts: RequiredText
  ) throws(ParseFailure) -> Made {
    let forward = try ProgramCompiler.compile(node, groups: groups)
    return Made(
      forward: forward,
      backward: try ProgramCompiler.compile(node, groups: groups, reversed: true),
      filter: StartFilter(texts, forward))
  }
}

extension PatternNode {
  /// At least as many as the instructions and transitions that it is compiled to; a million stands for all above.
  fileprivate var sizeBound: Int {
    let most = 1_000_000
    func all(_ nodes: [PatternNode]) -> Int { nodes.reduce(0) { min(most, $0 + $1.sizeBound) } }
    switch self {
    case .empty: return 0
    case .assertion: return 1
    case .literal(let bytes): return min(most, 2 * bytes.count)
    case .set(let set):
      // A range of ASCII is one transition; another one is eleven sequences at most, of four bytes at most.
      return set.ranges.reduce(2) { min(most, $0 + ($1.upperBound < 0x80 ? 1 : 90)) }
    case .group(let inner, _): return min(most, inner.sizeBound + 2)
    case .concatenation(let nodes): return all(nodes)
    case .alternation(let nodes): return min(most, all(nodes) + nodes.count)
    case .repetition(let inner, let least, let highest, _):
      let copies = max(least, highest ?? 0, 1).addingReportingOverflow(2)
      let size = (inner.sizeBound + 2).multipliedReportingOverflow(by: copies.partialValue)
      return copies.overflow || size.overflow ? most : min(most, size.partialValue)
    }
  }
}

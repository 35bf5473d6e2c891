import Platform
import Synchronization

/// The machines of a pattern, made when it is first matched: of the many patterns of a project's rules, most never are.
final class PatternPrograms: Sendable {
  struct Made: Sendable {
    let groupNames: [String?]
    let forward: Program
    let backward: Program
    let filter: StartFilter?
    /// What every match holds somewhere; nil when that is not known, or is what the filter looks for.
    let required: SearchedText?

    /// - Throws: ``ParseFailure`` when a program would be too large.
    init(_ node: PatternNode, groups: [String?]) throws(ParseFailure) {
      groupNames = groups
      forward = try ProgramCompiler.compile(node, groups: groups.count)
      backward = try ProgramCompiler.compile(node, groups: groups.count, reversed: true)
      let texts = RequiredText(node)
      filter = StartFilter(texts, forward)
      required = texts.inside.count > texts.prefix.count ? SearchedText(texts.inside) : nil
    }

    init(parsing text: String) throws(ParseFailure) {
      var parser = PatternParser(text, flags: PatternFlags())
      let node = try parser.parse()
      self = try Made(node, groups: parser.groups)
    }
  }

  private enum State {
    case text(String)
    case parsed(PatternNode, groups: [String?])
    case made(Made)
  }

  private let state: Mutex<State>

  /// - Throws: ``ParseFailure`` when a program would be too large.
  init(_ node: PatternNode, groups: [String?]) throws(ParseFailure) {
    // What may be too large is compiled to know; the rest cannot be.
    let isSurelySmall = node.sizeBound < ProgramCompiler.sizeLimit - 100
    state = Mutex(
      isSurelySmall ? .parsed(node, groups: groups) : .made(try Made(node, groups: groups)))
  }

  init(trusted text: String) { state = Mutex(.text(text)) }

  var made: Made {
    state.withLock { state in
      let new: Made?
      switch state {
      case .made(let made): return made
      case .text(let text): new = (try? Made(parsing: text)) ?? (try? Made(parsing: #"\b\B"#))
      case .parsed(let node, let groups): new = try? Made(node, groups: groups)
      }
      guard let new else { preconditionFailure("a pattern below the bound is too large") }
      state = .made(new)
      return new
    }
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

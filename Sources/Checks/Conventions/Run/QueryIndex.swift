import Python

/// A question that a rule asks of nodes; not a value, all of which would be copied for every node.
final class AskedQuery {
  let rule: RuleSelection.Active
  let query: PythonQuery
  let fix: PythonFix?
  /// The place of its rule among all.
  fileprivate let order: Int

  fileprivate init(
    _ rule: RuleSelection.Active, _ query: PythonQuery, _ fix: PythonFix?, order: Int
  ) {
    (self.rule, self.query, self.fix, self.order) = (rule, query, fix, order)
  }
}

/// The questions of all rules, kept so that a node is asked few of them: those for its kind, and of those that want a name
/// only the ones whose name begins or ends as the node's does.
struct QueryIndex {
  private struct OfKind {
    var always: [AskedQuery] = []
    var byPart: [NamePattern.Part: [AskedQuery]] = [:]
  }

  private var kinds = [OfKind](repeating: OfKind(), count: NodeKind.allCases.count)
  private var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func add(_ rule: RuleSelection.Active, _ query: PythonQuery, _ fix: PythonFix?) {
    let asked = AskedQuery(rule, query, fix, order: count)
    count += 1
    for kind in query.kinds ?? Set(NodeKind.allCases) {
      let place = Int(kind.rawValue)
      guard let parts = query.parts(of: kind) else {
        kinds[place].always.append(asked)
        continue
      }
      for part in parts { kinds[place].byPart[part, default: []].append(asked) }
    }
  }

  /// Goes through the questions that a node may answer, in the order of the rules.
  func forEach(_ node: NodeID, _ source: PythonSource, _ ask: (AskedQuery) -> Void) {
    let own = kinds[Int(source.tree.kind(node).rawValue)]
    let named = own.byPart.isEmpty ? [] : named(node, source, own)
    var (i, j) = (0, 0)
    while i < own.always.count || j < named.count {
      if j == named.count || i < own.always.count && own.always[i].order < named[j].order {
        ask(own.always[i])
        i += 1
      } else {
        ask(named[j])
        j += 1
      }
    }
  }

  private func named(_ node: NodeID, _ source: PythonSource, _ own: OfKind) -> [AskedQuery] {
    let tree = source.tree
    let expression = tree.kind(node) == .call ? tree.function(of: node) : node
    guard let name = source.name(of: expression) else { return [] }
    let (first, last) = NamePattern.ends(of: name)
    let (begun, ended) = (own.byPart[.first(first)], own.byPart[.last(last)])
    guard let begun else { return ended ?? [] }
    guard let ended else { return begun }
    let known = Set(begun.map(\.order))
    return (begun + ended.filter { !known.contains($0.order) }).sorted { $0.order < $1.order }
  }
}

extension PythonQuery {
  /// What the name of a node of this kind begins or ends with, one of these, if it answers: of a call the name of what is
  /// called. Nil when that says nothing.
  fileprivate func parts(of kind: NodeKind) -> Set<NamePattern.Part>? {
    switch self {
    case .call(let patterns): kind == .call ? Self.parts(patterns) : []
    case .name(let patterns): kind == .name ? Self.parts(patterns) : []
    case .attribute(let patterns): kind == .attribute ? Self.parts(patterns) : []
    case .all(let queries): queries.lazy.compactMap { $0.parts(of: kind) }.first
    case .any(let queries):
      queries.reduce([] as Set<NamePattern.Part>?) { known, query in
        guard let known, let own = query.parts(of: kind) else { return nil }
        return known.union(own)
      }
    default: nil
    }
  }

  private static func parts(_ patterns: [NamePattern]) -> Set<NamePattern.Part>? {
    let parts = patterns.compactMap(\.part)
    return parts.count == patterns.count ? Set(parts) : nil
  }
}

import Platform
import Python

/// C901 and PLR0913: functions with too many branches or parameters.
struct Complexity: PythonCheck {
  private let branches: Int
  private let parameters: Int

  init(_ options: RuleOptions) throws(ParseFailure) {
    branches = try options.int("max-branches", 10)
    parameters = try options.int("max-parameters", 5)
  }

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    let functions = source.nodes(.functionDef)
    guard !functions.isEmpty else { return }
    let (added, removed) = branchNodes(source)
    for node in functions {
      let inside = tree.descendants(of: node)
      // A function with few nodes of any kind needs no counting.
      if added.count > 0 {
        let count = 1 + count(added, inside) - count(removed, inside)
        if count > branches {
          report(
            PythonFinding(
              "C901", source.nameRange(of: node),
              [
                "name": tree.name(of: node) ?? "", "count": String(count), "max": String(branches),
              ]))
        }
      }
      checkParameters(node, source, report)
    }
  }

  /// The nodes that each stand for one more way through the code, and those that take one back.
  private func branchNodes(_ source: PythonSource) -> (added: [NodeID], removed: [NodeID]) {
    let tree = source.tree
    var added: [NodeID] = []
    for kind in [
      NodeKind.ifStatement, .forLoop, .whileLoop, .matchCase, .exceptHandler, .functionDef,
    ] {
      added += source.nodes(kind)
    }
    for node in source.nodes(.tryStatement) where tree.flags(node).contains(.hasElse) {
      added.append(node)
    }
    var removed: [NodeID] = []
    for node in source.nodes(.match) {
      guard let last = tree.lastChild(of: node), tree.kind(last) == .matchCase,
        !tree.flags(last).contains(.hasExtra), let pattern = tree.child(0, of: last),
        isIrrefutable(pattern, tree)
      else { continue }
      removed.append(last)
    }
    return (added.sorted(), removed)
  }

  private func isIrrefutable(_ pattern: NodeID, _ tree: Tree) -> Bool {
    switch tree.kind(pattern) {
    case .matchAs: tree.child(0, of: pattern).map { isIrrefutable($0, tree) } ?? true
    case .matchOr: tree.children(of: pattern).contains { isIrrefutable($0, tree) }
    default: false
    }
  }

  /// How many of sorted nodes are in a range of nodes.
  private func count(_ nodes: [NodeID], _ range: NodeRange) -> Int {
    func place(_ index: Int) -> Int {
      var low = 0
      var high = nodes.count
      while low < high {
        let middle = (low + high) / 2
        if Int(nodes[middle].index) < index { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return place(range.endIndex) - place(range.startIndex)
  }

  private func checkParameters(
    _ node: NodeID, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    guard let list = tree.parameterList(of: node) else { return }
    var count = 0
    for parameter in tree.children(of: list) {
      switch tree.parameterKind(of: parameter) {
      case .variadic, .variadicKeyword: continue
      default: break
      }
      let range = source.nameRange(of: parameter)
      if source.bytes[range.lowerBound] == UInt8(ascii: "_"), source.isDummy(source.text(range)) {
        continue
      }
      count += 1
    }
    guard count > parameters, !source.isOverride(node), !source.isOverload(node) else { return }
    switch source.methodKind(of: node) {
    case .method, .classMethod, .new: count -= 1
    case .function, .staticMethod: break
    }
    guard count > parameters else { return }
    report(
      PythonFinding(
        "PLR0913", source.nameRange(of: node),
        ["name": tree.name(of: node) ?? "", "count": String(count), "max": String(parameters)]))
  }
}

import Platform
import Python

/// B023: functions made in a loop that read its variables, which have their last values when the functions are called.
struct LoopClosures: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    var search = Search(source: source, tree: tree)
    for kind in [NodeKind.functionDef, .lambda] {
      for function in source.nodes(kind) where kind == .functionDef || !search.isSafe(function) {
        search.look(at: function)
      }
    }
    for name in search.found.sorted() {
      report(PythonFinding("B023", tree.range(of: name), ["name": tree.text(name)]))
    }
  }

  private struct Search {
    let source: PythonSource
    let tree: Tree
    var found: Set<NodeID> = []
    /// What each loop sets.
    private var assigned: [NodeID: Set<String>] = [:]

    init(source: PythonSource, tree: Tree) {
      self.source = source
      self.tree = tree
    }

    mutating func look(at function: NodeID) {
      var suspicious: [(name: NodeID, text: String)]?
      for ancestor in tree.ancestors(of: function) {
        switch tree.kind(ancestor) {
        case .functionDef: return
        case .lambda where !isSafe(ancestor): return
        case .forLoop, .whileLoop, .listComprehension, .setComprehension, .dictComprehension,
          .generator:
          let names = suspicious ?? free(in: function)
          suspicious = names
          if names.isEmpty { return }
          let own = assigned[ancestor] ?? Set(assignments(in: ancestor))
          assigned[ancestor] = own
          for (name, text) in names where own.contains(text) { found.insert(name) }
        default: break
        }
      }
    }

    /// Whether a lambda is called at once: by `map`, `filter` and `reduce`, as `key`, or when it leaves the loop.
    func isSafe(_ lambda: NodeID) -> Bool {
      guard let parent = tree.parent(of: lambda) else { return false }
      switch tree.kind(parent) {
      case .returnStatement: return true
      case .keyword: return tree.name(of: parent) == "key"
      case .call:
        let function = tree.function(of: parent)
        if function == lambda { return true }
        switch tree.kind(function) {
        case .name: return ["filter", "reduce", "map"].contains(tree.text(function))
        case .attribute:
          return tree.dottedName(of: function).map { $0 == ["functools", "reduce"] } ?? false
        default: return false
        }
      default: return false
      }
    }

    /// The names that a function reads and neither sets nor takes.
    private func free(in function: NodeID) -> [(name: NodeID, text: String)] {
      guard let body = tree.body(of: function) else { return [] }
      var read: [(NodeID, String)] = []
      var set = Set(tree.parameters(of: function).compactMap { tree.name(of: $0) })
      let nodes = tree.kind(body) == .name ? [body] : Array(tree.descendants(of: body))
      for node in nodes where tree.kind(node) == .name {
        if source.isStored(node) {
          set.insert(tree.text(node))
        } else if !isDeleted(node) {
          read.append((node, tree.text(node)))
        }
      }
      return read.filter { !set.contains($0.1) }
    }

    private func isDeleted(_ name: NodeID) -> Bool {
      tree.parent(of: name).map { tree.kind($0) == .delete } ?? false
    }

    /// The names that a loop sets, but for those that functions in it set for themselves.
    private func assignments(in loop: NodeID) -> [String] {
      var names: [String] = []
      let end = UInt32(tree.descendants(of: loop).endIndex)
      var index = loop.index
      while index < end {
        let node = NodeID(index)
        index += 1
        switch tree.kind(node) {
        case .functionDef, .lambda: index = UInt32(tree.descendants(of: node).endIndex)
        case .assign, .augmentedAssign, .annotatedAssign, .forLoop, .comprehension:
          for target in tree.targets(of: node) { collect(target, &names) }
        default: break
        }
      }
      return names
    }

    private func collect(_ target: NodeID, _ names: inout [String]) {
      switch tree.kind(target) {
      case .name: names.append(tree.text(target))
      case .starred, .list, .tuple:
        for child in tree.children(of: target) { collect(child, &names) }
      default: break
      }
    }
  }
}

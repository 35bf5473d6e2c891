import Platform
import Python

/// A scaler, an encoder, a selector that is fitted on data which is split later: the training has then seen the test data.
///
/// Each function, and the module, is followed from top to bottom: which names hold data that something was fitted on, until
/// they are assigned anew.
struct DataLeaks: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    guard Self.imports(source) else { return }
    var scopes: [NodeID: [NodeID]] = [:]
    for call in source.nodes(.call) {
      scopes[source.statementScope(around: call), default: []].append(call)
    }
    for (scope, calls) in scopes {
      var leaks = LeakSearch(source: source)
      leaks.run(scope, calls)
      for leak in leaks.found.sorted(by: { $0.call < $1.call }) {
        let values = [
          "name": source.tree.text(source.tree.function(of: leak.call)),
          "line": String(source.tree.line(of: leak.split)),
        ]
        report(PythonFinding(nil, source.tree.range(of: leak.call), values))
      }
    }
  }

  private static func imports(_ source: PythonSource) -> Bool {
    (source.nodes(.moduleName) + source.nodes(.alias)).contains { node in
      let text = source.bytes[source.tree.range(of: node)]
      return text.starts(with: "sklearn".utf8) || text.starts(with: "imblearn".utf8)
    }
  }
}

extension PythonSource {
  /// The function, the class or the module that a call runs in; lambdas and comprehensions are part of theirs.
  fileprivate func statementScope(around node: NodeID) -> NodeID {
    tree.ancestors(of: node).first { ancestor in
      tree.kind(ancestor) == .functionDef || tree.kind(ancestor) == .classDef
    } ?? .module
  }
}

/// The way through one scope.
struct LeakSearch {
  let source: PythonSource
  /// What was fitted on the data that a name holds.
  private var fitted: [String: Set<NodeID>] = [:]
  /// Names of transformers, and of splitters.
  private var transformers: Set<String> = []
  private var splitters: Set<String> = []
  private(set) var found: [(call: NodeID, split: NodeID)] = []

  init(source: PythonSource) { self.source = source }

  private var tree: Tree { source.tree }

  mutating func run(_ scope: NodeID, _ calls: [NodeID]) {
    var statements: [NodeID] = []
    var byStatement: [NodeID: [NodeID]] = [:]
    for call in calls {
      guard let statement = tree.ancestors(of: call).first(where: { tree.kind($0).isStatement })
      else { continue }
      if byStatement[statement] == nil { statements.append(statement) }
      byStatement[statement, default: []].append(call)
    }
    // Assignments without calls pass data on too.
    for kind in [NodeKind.assign, .augmentedAssign] {
      for node in source.nodes(kind)
      where byStatement[node] == nil && tree.contains(scope, node)
        && source.statementScope(around: node) == scope
      {
        statements.append(node)
      }
    }
    for statement in statements.sorted() { visit(statement, byStatement[statement] ?? []) }
  }

  private mutating func visit(_ statement: NodeID, _ calls: [NodeID]) {
    var own: [NodeID] = []
    for call in calls where isFit(call) {
      guard let data = data(of: call) else { continue }
      own.append(call)
      for name in names(in: data) { fitted[name, default: []].insert(call) }
    }
    for call in calls {
      for argument in splitData(call) { note(argument, own, call) }
    }
    guard tree.kind(statement) == .assign || tree.kind(statement) == .augmentedAssign,
      let value = tree.value(of: statement)
    else { return }
    let isSplit = calls.contains { !splitData($0).isEmpty }
    var taints =
      isSplit
      ? []
      : names(in: value).reduce(into: Set<NodeID>()) {
        $0.formUnion(fitted[$1] ?? [])
      }
    if !isSplit { taints.formUnion(own.filter { $0 == value || tree.contains(value, $0) }) }
    let targets =
      tree.kind(statement) == .augmentedAssign
      ? Array(tree.children(of: statement).prefix(1)) : tree.targets(of: statement)
    for target in targets { assign(target, value, taints) }
  }

  private mutating func assign(_ target: NodeID, _ value: NodeID, _ taints: Set<NodeID>) {
    switch tree.kind(target) {
    case .tuple, .list:
      for item in tree.children(of: target) { assign(item, value, taints) }
    case .subscriptExpression:
      // A column of a table.
      if let name = tree.operand(of: target).flatMap(key) {
        fitted[name, default: []].formUnion(taints)
      }
    default:
      guard let name = key(target) else { return }
      fitted[name] = taints.isEmpty ? nil : taints
      if isTransformer(value) { transformers.insert(name) } else { transformers.remove(name) }
      if isSplitter(value) { splitters.insert(name) } else { splitters.remove(name) }
    }
  }

  private mutating func note(_ data: NodeID, _ own: [NodeID], _ split: NodeID) {
    var leaks = Set(own.filter { $0 == data || tree.contains(data, $0) })
    for name in names(in: data) {
      // What the same statement fits on this very data comes before or inside the split.
      leaks.formUnion(fitted[name] ?? [])
    }
    for leak in leaks where !found.contains(where: { $0.call == leak }) {
      found.append((leak, split))
    }
  }

  func holdsTransformer(_ receiver: NodeID) -> Bool {
    isTransformer(receiver) || key(receiver).map(transformers.contains) == true
  }

  func holdsSplitter(_ receiver: NodeID) -> Bool {
    isSplitter(receiver) || key(receiver).map(splitters.contains) == true
  }

  // MARK: Names

  /// `X`, `self.X`.
  private func key(_ node: NodeID) -> String? { tree.dottedName(of: node)?.joined(separator: ".") }

  /// The variables that an expression is made of.
  private func names(in expression: NodeID) -> Set<String> {
    var names: Set<String> = []
    func add(_ node: NodeID) {
      guard tree.kind(node) == .name else { return }
      if let id = source.scopes.binding(of: node),
        source.scopes.bindings[id].isImport || source.scopes.bindings[id].kind == .builtin
      {
        return
      }
      var whole = node
      if let parent = tree.parent(of: node), tree.kind(parent) == .attribute,
        source.spells(node, "self")
      {
        whole = parent
      }
      if let name = key(whole) { names.insert(name) }
    }
    add(expression)
    for node in tree.descendants(of: expression) { add(node) }
    return names
  }
}

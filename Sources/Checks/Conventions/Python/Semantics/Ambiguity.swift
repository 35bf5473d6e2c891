import Platform
import Python

/// E741, E742 and E743: names that look like digits.
struct AmbiguousNames: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    func look(_ range: Range<Int>, _ code: String) {
      guard range.count == 1, "lIO".utf8.contains(source.bytes[range.lowerBound]) else { return }
      report(PythonFinding(code, range, ["name": source.text(range)]))
    }
    for node in source.nodes(.classDef) { look(source.nameRange(of: node), "E742") }
    for node in source.nodes(.functionDef) { look(source.nameRange(of: node), "E743") }
    for kind in [NodeKind.parameter, .identifier, .exceptHandler] {
      for node in source.nodes(kind) {
        guard let token = tree.nameToken(of: node) else { continue }
        look(tree.tokens[token].range, "E741")
      }
    }
    for name in source.nodes(.name) {
      let token = tree.tokens[tree.tokenRange(of: name).lowerBound]
      guard token.end - token.start == 1, "lIO".utf8.contains(source.bytes[Int(token.start)]),
        source.isStored(name)
      else { continue }
      look(token.range, "E741")
    }
  }
}

extension PythonSource {
  /// Whether a name is bound where it stands, and not read or deleted.
  func isStored(_ name: NodeID) -> Bool {
    var node = name
    while let parent = tree.parent(of: node) {
      switch tree.kind(parent) {
      case .tuple, .list, .starred: node = parent
      case .assign: return tree.lastChild(of: parent) != node
      case .augmentedAssign, .annotatedAssign, .forLoop, .comprehension, .namedExpression,
        .typeAlias:
        return node.index == parent.index + 1
      case .withItem: return node.index != parent.index + 1
      default: return false
      }
    }
    return false
  }
}

/// E731: a lambda that is given a name.
struct LambdaAssignments: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for lambda in source.nodes(.lambda) {
      guard let statement = tree.parent(of: lambda) else { continue }
      let kind = tree.kind(statement)
      guard kind == .assign || kind == .annotatedAssign, tree.value(of: statement) == lambda,
        tree.targets(of: statement).count == 1, let target = tree.targets(of: statement).first,
        tree.kind(target) == .name
      else { continue }
      // A class's field with a type is one for `dataclass`.
      if kind == .annotatedAssign, tree.kind(source.scopeNode(around: statement)) == .classDef {
        continue
      }
      report(
        PythonFinding(
          "E731", tree.range(of: statement), ["name": tree.text(target)],
          fix: fix(statement, target, lambda, source)))
    }
  }

  private func fix(
    _ statement: NodeID, _ target: NodeID, _ lambda: NodeID, _ source: PythonSource
  ) -> Fix? {
    let tree = source.tree
    let range = tree.range(of: statement)
    let lines = source.list.lines
    let line = lines.line(of: range.lowerBound)
    let indent = source.bytes[lines.start(ofLine: line)..<range.lowerBound]
    guard indent.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), tree.kind(statement) == .assign,
      !tree.flags(lambda).contains(.isParenthesized), let body = tree.lastChild(of: lambda),
      lines.line(of: range.upperBound) == line
    else { return nil }
    var end = range.upperBound
    while end < source.bytes.count, source.bytes[end] == 0x20 { end += 1 }
    guard end == source.bytes.count || source.bytes[end] == 0x0A || source.bytes[end] == 0x0D else {
      return nil
    }
    let parameters = tree.parameterList(of: lambda).map { tree.text($0) } ?? ""
    let space = source.text(indent.startIndex..<indent.endIndex)
    let head = "def \(tree.text(target))(\(parameters)):\n"
    var start = tree.range(of: body).lowerBound
    // A body in brackets keeps them.
    while start > range.lowerBound, source.bytes[start - 1] != UInt8(ascii: ":") { start -= 1 }
    let value = source.bytes[start..<range.upperBound].trimmingSpaces
    return Fix(
      isSafe: false,
      [
        Fix.Edit(
          range, Array("\(head)\(space)    return ".utf8) + Array(value))
      ])
  }
}

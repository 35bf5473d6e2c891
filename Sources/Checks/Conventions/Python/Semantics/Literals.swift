import Platform
import Python

/// F541, F601, F602, F631, F633, F634 and F901: expressions that are not what they look like.
struct Literals: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in source.nodes(.joinedString) { checkFormat(node, tree, report) }
    for node in source.nodes(.dict) { checkKeys(node, source, report) }
    for node in source.nodes(.assert) where isFullTuple(tree.child(0, of: node), tree) {
      report(PythonFinding("F631", tree.range(of: node)))
    }
    for node in source.nodes(.ifStatement) {
      if let test = tree.test(of: node), isFullTuple(test, tree) {
        report(PythonFinding("F634", tree.range(of: test)))
      }
    }
    for node in source.nodes(.conditional) {
      if let test = tree.test(of: node), isFullTuple(test, tree) {
        report(PythonFinding("F634", tree.range(of: test)))
      }
    }
    for node in source.nodes(.binaryOperation) where tree.operation(of: node) == .rightShift {
      let left = NodeID(node.index + 1)
      if source.isBuiltin(left, "print") { report(PythonFinding("F633", tree.range(of: left))) }
    }
    for node in source.nodes(.raise) {
      guard let value = tree.child(0, of: node) else { continue }
      let name = source.callee(value)
      guard tree.kind(name) == .name, source.spells(name, "NotImplemented") else { continue }
      let range = tree.range(of: name)
      report(
        PythonFinding("F901", range, fix: Fix([Fix.Edit(range, "NotImplementedError")])))
    }
  }

  private func isFullTuple(_ node: NodeID?, _ tree: Tree) -> Bool {
    guard let node, tree.kind(node) == .tuple else { return false }
    return tree.child(0, of: node) != nil
  }

  /// An f-string without a field is a plain string.
  private func checkFormat(_ node: NodeID, _ tree: Tree, _ report: (PythonFinding) -> Void) {
    guard !tree.children(of: node).contains(where: { tree.kind($0) == .formattedValue }) else {
      return
    }
    let tokens = tree.tokenRange(of: node)
    for start in tokens where tree.tokens[start].kind == .formatStart {
      guard let end = tokens.first(where: { $0 > start && tree.tokens[$0].kind == .formatEnd })
      else { continue }
      let range = Int(tree.tokens[start].start)..<Int(tree.tokens[end].end)
      report(PythonFinding("F541", range, fix: fix(range, tree)))
    }
  }

  private func fix(_ range: Range<Int>, _ tree: Tree) -> Fix {
    let bytes = tree.source
    let isFirst = bytes[range.lowerBound] | 0x20 == UInt8(ascii: "f")
    let letter = range.lowerBound + (isFirst ? 0 : 1)
    var edits = [Fix.Edit(letter..<(letter + 1), "")]
    // `""f""` would become `""""`.
    if isFirst, letter > 0, bytes[letter - 1] == bytes[letter + 1] {
      edits = [Fix.Edit(letter..<(letter + 1), " ")]
    }
    var index = letter + 1
    while index + 1 < range.upperBound {
      let byte = bytes[index]
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}"), bytes[index + 1] == byte {
        edits.append(Fix.Edit(index..<(index + 1), ""))
        index += 1
      }
      index += 1
    }
    return Fix(edits)
  }

  // MARK: Keys

  private func checkKeys(
    _ node: NodeID, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    var items = tree.children(of: node)
    var seen: Set<[UInt8]> = []
    var count = 0
    while let key = items.next() {
      guard tree.kind(key) != .doubleStarred else { continue }
      _ = items.next()
      count += 1
      let kind = tree.kind(key)
      var text: [UInt8]
      switch kind {
      case .name: text = [1] + tree.source[tree.range(of: key)]
      case .string: text = [2] + (tree.bytesValue(of: key) ?? [])
      case .bytes: text = [3] + (tree.bytesValue(of: key) ?? [])
      case .number, .trueConstant, .falseConstant, .noneConstant, .ellipsis, .tuple, .joinedString,
        .unaryOperation:
        text = [4]
        for token in tree.tokenRange(of: key) where !tree.tokens[token].kind.isTrivia {
          text += tree.source[tree.tokens[token].range] + [0]
        }
      default: continue
      }
      guard !seen.insert(text).inserted else { continue }
      if kind == .unaryOperation, tree.child(0, of: key).map({ tree.kind($0) == .number }) != true {
        continue
      }
      report(
        PythonFinding(
          kind == .name ? "F602" : "F601", tree.range(of: key), ["name": tree.text(key)]))
    }
  }
}

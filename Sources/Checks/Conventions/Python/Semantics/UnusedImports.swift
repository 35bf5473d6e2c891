import Platform
import Python

/// F401: imports that nothing uses.
struct UnusedImports: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    guard !source.nodes(.alias).isEmpty else { return }
    let scopes = source.scopes
    let tree = source.tree
    var statements: [NodeID: [BindingID]] = [:]
    let unused = scopes.unusedImports()
    for id in unused { statements[scopes.bindings[id].statement, default: []].append(id) }
    var fixes: [NodeID: Fix] = [:]
    for (statement, ids) in statements {
      guard !scopes.bindings[ids[0]].flags.contains(.isImportTried) else { continue }
      fixes[statement] = Fix(
        isSafe: !source.isPackage,
        source.edits(
          removing: ids.map { scopes.bindings[$0].node }, from: tree.aliases(of: statement),
          of: statement))
    }
    for id in unused {
      let binding = scopes.bindings[id]
      report(
        PythonFinding(
          "F401", binding.range, ["name": scopes.importedName(of: id) ?? scopes.name(of: id)],
          fix: fixes[binding.statement], statement: tree.range(of: binding.statement).lowerBound))
    }
  }
}

extension PythonSource {
  /// Takes parts out of a statement that lists them, and the statement with the last one.
  fileprivate func edits(
    removing parts: [NodeID], from list: [NodeID], of statement: NodeID
  ) -> [Fix.Edit] {
    let kept = list.filter { !parts.contains($0) }
    guard !kept.isEmpty else { return deletion(of: statement) }
    var edits: [Fix.Edit] = []
    for (index, part) in list.enumerated() where parts.contains(part) {
      let range = tree.range(of: part)
      if index + 1 < list.count, list[(index + 1)...].contains(where: kept.contains) {
        edits.append(
          Fix.Edit(range.lowerBound..<tree.range(of: list[index + 1]).lowerBound, ""))
      } else {
        edits.append(
          Fix.Edit(tree.range(of: list[index - 1]).upperBound..<range.upperBound, ""))
      }
    }
    return edits
  }

  /// Takes a statement out, with its line where it is alone; `pass` stays where a block would be empty.
  ///
  /// Of a block that could be taken out whole, one statement goes at a time: the fixes touch at its beginning.
  func deletion(of statement: NodeID) -> [Fix.Edit] {
    let edits = plainDeletion(of: statement)
    guard let block = tree.parent(of: statement), tree.kind(block) != .module,
      let first = tree.child(0, of: block),
      tree.children(of: block).allSatisfy({
        [.importStatement, .importFrom, .assign].contains(tree.kind($0))
      })
    else { return edits }
    let lines = list.lines
    let start = lines.start(ofLine: lines.line(of: tree.range(of: first).lowerBound))
    return [Fix.Edit(start..<start, "")] + edits
  }

  private func plainDeletion(of statement: NodeID) -> [Fix.Edit] {
    let range = tree.range(of: statement)
    guard let block = tree.parent(of: statement) else { return [] }
    if tree.kind(block) != .module, tree.child(1, of: block) == nil {
      return [Fix.Edit(range, "pass")]
    }
    var start = range.lowerBound
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    var end = range.upperBound
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    let isFirst = start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D
    if end < bytes.count, bytes[end] == UInt8(ascii: ";") {
      end += 1
      while end < bytes.count, bytes[end] == 0x20 { end += 1 }
      return [Fix.Edit(range.lowerBound..<end, "")]
    }
    guard isFirst else {
      // Behind another statement: the semicolon goes too.
      while start > 0, bytes[start - 1] != UInt8(ascii: ";") { start -= 1 }
      return [Fix.Edit(max(0, start - 1)..<range.upperBound, "")]
    }
    // A comment behind it is about it.
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    if end < bytes.count, bytes[end] == 0x0D { end += 1 }
    if end < bytes.count, bytes[end] == 0x0A { end += 1 }
    return [Fix.Edit(start..<end, "")]
  }
}

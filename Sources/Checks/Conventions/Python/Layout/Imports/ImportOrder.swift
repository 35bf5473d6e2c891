import Platform
import Python

/// I001, E401 and E402: imports at the top of a file, one a line, in sections that are sorted.
///
/// The order is isort's with black's profile, as ruff has it: future, standard library, other people's, one's own,
/// relative.
struct ImportOrder: PythonCheck {
  private let sections: ImportSections
  private let lineLength: Int

  init(_ options: RuleOptions) throws(ParseFailure) {
    lineLength = try options.int("line-length", 88)
    sections = ImportSections(
      firstParty: try options.texts("known-first-party"),
      thirdParty: try options.texts("known-third-party"))
  }

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    // What is not Python may hide what stands between imports.
    guard tree.problems.isEmpty else { return }
    let imports = ImportStatements(tree)
    guard !imports.all.isEmpty else { return }
    checkPlaces(imports, source, report)
    let directives = ImportDirectives(source)
    guard !directives.skipsFile else { return }
    let sections = sections.with(path: source.path)
    var start = 0
    while start < imports.all.count {
      var end = start + 1
      if directives.excludes(imports.start(start)) {
        start = end
        continue
      }
      while end < imports.all.count, imports.areNeighbours(end - 1, end),
        !directives.excludes(imports.start(end)),
        !directives.splits(imports.start(end - 1), imports.start(end))
      {
        end += 1
      }
      let block = ImportBlock(source, Array(imports.all[start..<end]))
      if let finding = block.check(sections, lineLength) { report(finding) }
      start = end
    }
  }

  /// E401 and E402.
  private func checkPlaces(
    _ imports: ImportStatements, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    for node in imports.all where tree.kind(node) == .importStatement {
      let aliases = tree.aliases(of: node)
      guard aliases.count > 1 else { continue }
      report(
        PythonFinding("E401", tree.range(of: node), fix: splitting(node, aliases, source)))
    }
    guard let last = imports.all.last(where: { tree.parent(of: $0) == .module }) else { return }
    var isBehindCode = false
    var names: QualifiedNames?
    for (place, node) in tree.children(of: .module).enumerated() {
      if node > last { break }
      switch tree.kind(node) {
      case .importStatement, .importFrom:
        if isBehindCode, !source.isNotebook { report(PythonFinding("E402", tree.range(of: node))) }
      case .tryStatement, .ifStatement, .with, .match: break
      case .expressionStatement where place == 0 && isString(node, tree): break
      default:
        if isBehindCode { continue }
        isBehindCode = !ImportPreparation.isAllowed(node, tree) { expression in
          if names == nil { names = source.names }
          return names?.name(of: expression)
        }
      }
    }
  }

  private func isString(_ statement: NodeID, _ tree: Tree) -> Bool {
    tree.child(0, of: statement).map { tree.kind($0) == .string } ?? false
  }

  /// A statement for each name.
  private func splitting(_ node: NodeID, _ aliases: [NodeID], _ source: PythonSource) -> Fix {
    let tree = source.tree
    let range = tree.range(of: node)
    let texts = aliases.map { alias in
      "import " + tree.importedName(of: alias) + (tree.asName(of: alias).map { " as " + $0 } ?? "")
    }
    let line = source.lineStart(of: range.lowerBound)
    let indent = source.bytes[line..<range.lowerBound]
    let isAlone =
      indent.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0C }
      && !source.hasCode(behind: range.upperBound)
    let separator =
      isAlone ? source.newline + String(decoding: indent, as: UTF8.self) : "; "
    return Fix([Fix.Edit(range, texts.joined(separator: separator))])
  }
}

/// The imports of a file, in its order.
struct ImportStatements {
  let tree: Tree
  let all: [NodeID]

  init(_ tree: Tree) {
    self.tree = tree
    all = (tree.nodes(.importStatement) + tree.nodes(.importFrom)).sorted()
  }

  func start(_ place: Int) -> Int { tree.range(of: all[place]).lowerBound }

  /// Whether no other statement stands between two imports.
  func areNeighbours(_ first: Int, _ second: Int) -> Bool {
    tree.descendants(of: all[first]).endIndex == Int(all[second].index)
      && tree.parent(of: all[first]) == tree.parent(of: all[second])
  }
}

extension PythonSource {
  /// Whether there is more than a comment behind a place in its line.
  func hasCode(behind offset: Int) -> Bool {
    for byte in bytes[offset...] {
      switch byte {
      case 0x20, 0x09, 0x0C: continue
      case 0x0A, 0x0D, UInt8(ascii: "#"): return false
      default: return true
      }
    }
    return false
  }

  /// The byte where a byte's line ends, its line end not counted.
  func lineEnd(of offset: Int) -> Int {
    var end = offset
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    return end
  }

  /// The byte behind the line end of a byte's line.
  func fullLineEnd(of offset: Int) -> Int {
    let end = lineEnd(of: offset)
    guard end < bytes.count else { return end }
    return bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
  }
}

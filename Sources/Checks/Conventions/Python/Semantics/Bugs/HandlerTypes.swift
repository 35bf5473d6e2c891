import Platform
import Python

/// B013, B014 and B025: tuples of one exception, and exceptions that are caught twice.
struct HandlerTypes: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for statement in source.nodes(.tryStatement) {
      var seen: Set<[String]> = []
      for handler in tree.handlers(of: statement) {
        guard let type = tree.exceptionType(of: handler) else { continue }
        if tree.kind(type) == .tuple {
          checkTuple(type, handler, source, &seen, report)
        } else if let name = tree.dottedName(of: type), !seen.insert(name).inserted {
          tell("B025", type, [name], tree, report)
        }
      }
    }
  }

  private func tell(
    _ code: String, _ node: NodeID, _ names: [[String]], _ tree: Tree,
    fix: Fix? = nil, _ report: (PythonFinding) -> Void
  ) {
    let text = names.map { "`\($0.joined(separator: "."))`" }.sorted().joined(separator: ", ")
    report(PythonFinding(code, tree.range(of: node), ["names": text], fix: fix))
  }

  private func checkTuple(
    _ tuple: NodeID, _ handler: NodeID, _ source: PythonSource, _ seen: inout Set<[String]>,
    _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    let items = Array(tree.children(of: tuple))
    var kept: [NodeID] = []
    var own: Set<[String]> = []
    var repeated: [[String]] = []
    var new: [(name: [String], node: NodeID)] = []
    for item in items {
      guard let name = tree.dottedName(of: item) else {
        kept.append(item)
        continue
      }
      if own.insert(name).inserted {
        kept.append(item)
        new.append((name, item))
      } else if !repeated.contains(name) {
        repeated.append(name)
      }
    }
    if !repeated.isEmpty {
      tell("B014", tuple, repeated, tree, fix: fix(tuple, kept, source), report)
    }
    for (name, node) in new where !seen.insert(name).inserted {
      tell("B025", node, [name], tree, report)
    }
    if items.count == 1, let item = items.first, tree.kind(item) != .starred {
      report(
        PythonFinding(
          "B013", tree.range(of: tuple), ["names": tree.text(item)],
          fix: fix(tuple, items, source)))
    }
  }

  private func fix(_ tuple: NodeID, _ items: [NodeID], _ source: PythonSource) -> Fix {
    let tree = source.tree
    let range = tree.range(of: tuple)
    let texts = items.map { tree.text($0) }
    var text = texts.count == 1 ? texts[0] : "(" + texts.joined(separator: ", ") + ")"
    // `except(X,):`
    if range.lowerBound > 0, source.bytes[range.lowerBound - 1] | 0x20 == UInt8(ascii: "t") {
      text = " " + text
    }
    return Fix(isSafe: !source.bytes[range].contains(0x23), [Fix.Edit(range, text)])
  }
}

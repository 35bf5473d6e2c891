import Platform
import Python

/// F501 to F509 and F521 to F525: texts for `%` and `str.format`, and the values that do not fit them.
struct TextFormats: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in source.nodes(.binaryOperation) where tree.operation(of: node) == .percent {
      let left = NodeID(node.index + 1)
      guard tree.kind(left) == .string, let text = tree.bytesValue(of: left),
        let right = tree.child(1, of: node)
      else { continue }
      let range = tree.range(of: node)
      do throws(PercentFormat.Problem) {
        let format = try PercentFormat(text)
        check(format, right, tree) { report(PythonFinding($0, range, ["names": $1])) }
      } catch {
        switch error {
        case .unknownLetter(let letter): report(PythonFinding("F509", range, ["names": letter]))
        case .incomplete: report(PythonFinding("F501", range))
        }
      }
    }
    for node in source.nodes(.call) {
      let function = tree.function(of: node)
      guard tree.kind(function) == .attribute, let value = tree.operand(of: function),
        tree.kind(value) == .string, tree.name(of: function) == "format",
        let text = tree.bytesValue(of: value)
      else { continue }
      let range = tree.range(of: node)
      do throws(BraceFormat.Problem) {
        let format = try BraceFormat(text)
        check(format, node, tree) { report(PythonFinding($0, range, ["names": $1])) }
      } catch {
        report(PythonFinding("F521", range, ["names": error.reason]))
      }
    }
  }

  private func check(
    _ format: PercentFormat, _ right: NodeID, _ tree: Tree, _ report: (String, String) -> Void
  ) {
    let kind = tree.kind(right)
    let isDict = kind == .dict || kind == .dictComprehension
    if !format.keys.isEmpty {
      switch kind {
      case .list, .tuple, .set, .listComprehension, .setComprehension, .generator:
        report("F502", "")
      default: break
      }
    }
    if format.positions > 1, isDict { report("F503", "") }
    if kind == .dict, format.positions == 0 { checkKeys(format, right, tree, report) }
    if format.positions > 0, !format.keys.isEmpty { report("F506", "") }
    if format.keys.isEmpty, let count = valueCount(right, tree), count != format.positions {
      if kind == .tuple || format.positions != 1 {
        report("F507", "\(count), \(format.positions)")
      }
    } else if format.keys.isEmpty, format.positions == 0, isUnknown(right, tree) {
      report("F507", "1, 0")
    }
    if format.hasStar, isDict { report("F508", "") }
  }

  private func checkKeys(
    _ format: PercentFormat, _ dict: NodeID, _ tree: Tree, _ report: (String, String) -> Void
  ) {
    let items = Array(tree.children(of: dict))
    guard !items.contains(where: { tree.kind($0) == .doubleStarred }) else { return }
    let keys = stride(from: 0, to: items.count, by: 2).map { items[$0] }
    let texts = keys.map { tree.stringValue(of: $0) }
    let extra = texts.compactMap { $0 }.filter { !format.keys.contains($0) }
    if !extra.isEmpty { report("F504", extra.joined(separator: ", ")) }
    guard keys.allSatisfy({ tree.kind($0) == .string }) else { return }
    let missing = format.keys.subtracting(texts.compactMap { $0 })
    if !missing.isEmpty { report("F505", missing.sorted().joined(separator: ", ")) }
  }

  /// How many values the right side surely has; nil when it cannot be known.
  private func valueCount(_ right: NodeID, _ tree: Tree) -> Int? {
    if tree.kind(right) == .tuple {
      let items = Array(tree.children(of: right))
      return items.contains { tree.kind($0) == .starred } ? nil : items.count
    }
    return isAtom(right, tree) ? 1 : nil
  }

  private func isUnknown(_ right: NodeID, _ tree: Tree) -> Bool {
    tree.kind(right) != .tuple && !isAtom(right, tree)
  }

  /// Whether an expression is of a known type that is no tuple.
  private func isAtom(_ node: NodeID, _ tree: Tree) -> Bool {
    switch tree.kind(node) {
    case .string, .bytes, .joinedString, .number, .trueConstant, .falseConstant, .noneConstant,
      .ellipsis, .list, .listComprehension, .set, .setComprehension, .dict, .dictComprehension,
      .generator:
      true
    case .unaryOperation:
      tree.operation(of: node) == .notKeyword
        || tree.child(0, of: node).map { tree.kind($0) == .number } == true
    default: false
    }
  }

  private func check(
    _ format: BraceFormat, _ call: NodeID, _ tree: Tree, _ report: (String, String) -> Void
  ) {
    let arguments = tree.positionalArguments(of: call)
    let keywords = tree.keywordArguments(of: call)
    let names = keywords.compactMap { tree.name(of: $0) }
    let isOpen = names.count < keywords.count
    let isStarred = arguments.contains { tree.kind($0) == .starred }
    if !isOpen {
      let extra = names.filter { !format.keys.contains($0) }
      if !extra.isEmpty { report("F522", extra.joined(separator: ", ")) }
    }
    let extra = arguments.indices.filter { place in
      tree.kind(arguments[place]) != .starred && place >= format.automatic
        && !format.places.contains(place)
    }
    if !extra.isEmpty { report("F523", extra.map(String.init).joined(separator: ", ")) }
    if !isOpen, !isStarred {
      let places = Set(0..<format.automatic).union(format.places).filter { $0 >= arguments.count }
      let missing =
        places.sorted().map(String.init) + format.keys.subtracting(names).sorted()
      if !missing.isEmpty { report("F524", missing.joined(separator: ", ")) }
    }
    if format.automatic > 0, !format.places.isEmpty { report("F525", "") }
  }
}

import Platform
import Python

/// B011, B016, B017, B022 and B026: what looks like a test, an error or an argument and is not.
struct BlindAssertions: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in source.nodes(.assert) {
      guard let test = tree.test(of: node), tree.kind(test) == .falseConstant else { continue }
      let message = tree.child(1, of: node).map { tree.text($0) } ?? ""
      let text = "raise AssertionError(\(message))"
      report(
        PythonFinding(
          "B011", tree.range(of: test),
          fix: Fix(isSafe: false, [Fix.Edit(tree.range(of: node), text)])))
    }
    for node in source.nodes(.raise) {
      guard let value = tree.child(0, of: node) else { continue }
      switch tree.kind(value) {
      case .string, .bytes, .number, .trueConstant, .falseConstant, .noneConstant, .ellipsis:
        report(PythonFinding("B016", tree.range(of: value)))
      default: break
      }
    }
    for node in source.nodes(.starred) {
      guard let call = tree.parent(of: node), tree.kind(call) == .call,
        tree.function(of: call) != node,
        tree.children(of: call).contains(where: { $0 < node && tree.kind($0) == .keyword })
      else { continue }
      report(PythonFinding("B026", tree.range(of: node)))
    }
    for node in source.nodes(.call) { check(node, source, report) }
  }

  private func check(
    _ call: NodeID, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    let function = tree.function(of: call)
    switch tree.kind(function) {
    case .attribute:
      guard let token = tree.nameToken(of: function) else { return }
      let name = source.bytes[tree.tokens[token].range]
      if name.elementsEqual("assertRaises".utf8) {
        checkRaises(call, isPytest: false, source, report)
      } else if name.elementsEqual("raises".utf8) || name.elementsEqual("suppress".utf8) {
        checkQualified(call, source, report)
      }
    case .name:
      // `from pytest import raises as r` is too rare to ask every name for.
      guard source.spells(function, "raises") || source.spells(function, "suppress") else { return }
      checkQualified(call, source, report)
    default: break
    }
  }

  private func checkQualified(
    _ call: NodeID, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    switch source.qualifiedName(source.tree.function(of: call)) {
    case "pytest.raises": checkRaises(call, isPytest: true, source, report)
    case "contextlib.suppress":
      if source.tree.child(1, of: call) == nil {
        report(PythonFinding("B022", source.tree.range(of: call)))
      }
    default: break
    }
  }

  private func checkRaises(
    _ call: NodeID, isPytest: Bool, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    let arguments = tree.positionalArguments(of: call)
    guard
      let type = arguments.first
        ?? tree.argument(isPytest ? "expected_exception" : "exception", of: call),
      source.isBuiltin(type, "Exception") || source.isBuiltin(type, "BaseException"),
      !isPytest || tree.argument("match", of: call) == nil
    else { return }
    let finding = PythonFinding("B017", tree.range(of: call), ["name": tree.text(type)])
    // With `as` the test may look at the exception.
    if let item = tree.parent(of: call), tree.kind(item) == .withItem,
      !tree.flags(item).contains(.hasValue)
    {
      report(finding)
    }
    // Elsewhere it needs something to call.
    if arguments.count > 1 || isPytest && tree.argument("func", of: call) != nil {
      report(finding)
    }
  }
}

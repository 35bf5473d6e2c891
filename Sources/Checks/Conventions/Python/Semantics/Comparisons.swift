import Platform
import Python

/// E711, E712, E713, E714, E721 and F632: comparisons with the wrong operator.
struct Comparisons: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in source.nodes(.compare) {
      let operators = tree.compareOperators(of: node)
      let sides = Array(tree.children(of: node))
      guard sides.count == operators.count + 1 else { continue }
      for (index, sign) in operators.enumerated() {
        switch sign {
        case .identical, .notIdentical:
          checkIdentity(node, sides, index, sign, tree, report)
        case .equal, .notEqual:
          if isType(sides[index], source) || isType(sides[index + 1], source),
            !isDType(sides[index], source), !isDType(sides[index + 1], source)
          {
            report(PythonFinding("E721", tree.range(of: node)))
          }
        default: break
        }
      }
      if operators.contains(.equal) || operators.contains(.notEqual) {
        checkSingletons(node, operators, sides, tree, report)
      }
    }
    for node in source.nodes(.unaryOperation) where tree.operation(of: node) == .notKeyword {
      checkNegation(node, tree, report)
    }
  }

  // MARK: None, True and False

  private func checkSingletons(
    _ node: NodeID, _ operators: [CompareOperator], _ sides: [NodeID], _ tree: Tree,
    _ report: (PythonFinding) -> Void
  ) {
    /// The sides that are compared with `==` or `!=` and should not be, and by which operator.
    var found: [(side: NodeID, place: Int)] = []
    func look(_ side: NodeID, _ place: Int) {
      guard operators[place] == .equal || operators[place] == .notEqual else { return }
      switch tree.kind(side) {
      case .noneConstant, .trueConstant, .falseConstant: found.append((side, place))
      default: break
      }
    }
    if !tree.isPlainConstant(sides[1]) { look(sides[0], 0) }
    var left = sides[0]
    for place in operators.indices {
      let right = sides[place + 1]
      if !tree.isPlainConstant(left) {
        let isBool = tree.kind(right) == .trueConstant || tree.kind(right) == .falseConstant
        if isBool, operators[place] == .equal, tree.kind(left) == tree.kind(right) { continue }
        look(right, place)
      }
      left = right
    }
    guard !found.isEmpty else { return }
    let fix = fix(node, operators, sides, Set(found.map(\.place)), tree)
    for (side, place) in found {
      let isNone = tree.kind(side) == .noneConstant
      let values = [
        "value": tree.text(side), "operator": operators[place] == .equal ? "is" : "is not",
      ]
      report(
        PythonFinding(
          isNone ? "E711" : "E712", tree.range(of: isNone ? side : node), values, fix: fix))
    }
  }

  /// `x == None` becomes `x is None`, `x == True` becomes `x`, and `x == False` becomes `not x`.
  private func fix(
    _ node: NodeID, _ operators: [CompareOperator], _ sides: [NodeID], _ places: Set<Int>,
    _ tree: Tree
  ) -> Fix? {
    if sides.count == 2,
      let bool = sides.firstIndex(where: {
        tree.kind($0) == .trueConstant || tree.kind($0) == .falseConstant
      })
    {
      let isTrue = (tree.kind(sides[bool]) == .trueConstant) == (operators[0] == .equal)
      let other = tree.range(of: sides[1 - bool])
      let whole = tree.range(of: node)
      guard let sign = tree.operatorRange(behind: sides[0], before: sides[1]) else { return nil }
      // The other side keeps its brackets.
      let kept =
        bool == 1 ? whole.lowerBound..<sign.lowerBound : sign.upperBound..<whole.upperBound
      let text = tree.list.source[kept].trimmingSpaces
      guard kept.lowerBound <= other.lowerBound else { return nil }
      return Fix(
        isSafe: false, [Fix.Edit(whole, (isTrue ? [] : Array("not ".utf8)) + Array(text))])
    }
    var edits: [Fix.Edit] = []
    for place in places.sorted() {
      guard let sign = tree.operatorRange(behind: sides[place], before: sides[place + 1]) else {
        return nil
      }
      edits.append(Fix.Edit(sign, operators[place] == .equal ? "is" : "is not"))
    }
    return Fix(isSafe: false, edits)
  }

  // MARK: is

  private func checkIdentity(
    _ node: NodeID, _ sides: [NodeID], _ index: Int, _ sign: CompareOperator, _ tree: Tree,
    _ report: (PythonFinding) -> Void
  ) {
    func isLiteral(_ side: NodeID) -> Bool {
      switch tree.kind(side) {
      case .list, .set, .dict, .listComprehension, .setComprehension, .dictComprehension: true
      default: tree.isPlainConstant(side)
      }
    }
    guard isLiteral(sides[index]) || isLiteral(sides[index + 1]) else { return }
    let text = sign == .identical ? "==" : "!="
    let fix = tree.operatorRange(behind: sides[index], before: sides[index + 1]).map {
      Fix(isSafe: true, [Fix.Edit($0, text)])
    }
    report(PythonFinding("F632", tree.range(of: node), ["operator": text], fix: fix))
  }

  // MARK: not

  private func checkNegation(
    _ node: NodeID, _ tree: Tree, _ report: (PythonFinding) -> Void
  ) {
    let operand = NodeID(node.index + 1)
    guard tree.kind(operand) == .compare else { return }
    let operators = tree.compareOperators(of: operand)
    guard operators == [.contained] || operators == [.identical],
      let left = tree.child(0, of: operand), let right = tree.child(1, of: operand),
      let sign = tree.operatorRange(behind: left, before: right)
    else { return }
    let isContained = operators == [.contained]
    let whole = tree.range(of: node)
    let inner = tree.range(of: operand)
    // What is in brackets on several lines keeps them.
    var edits = [Fix.Edit(sign, isContained ? "not in" : "is not")]
    if tree.flags(operand).contains(.isParenthesized) {
      var start = whole.lowerBound + 3
      while start < inner.lowerBound, tree.source[start] == 0x20 { start += 1 }
      edits.insert(Fix.Edit(whole.lowerBound..<start, ""), at: 0)
    } else {
      edits.insert(Fix.Edit(whole.lowerBound..<inner.lowerBound, ""), at: 0)
    }
    report(
      PythonFinding(
        isContained ? "E713" : "E714", inner, fix: Fix(isSafe: true, edits)))
  }

  // MARK: Types

  private func isType(_ side: NodeID, _ source: PythonSource) -> Bool {
    switch source.tree.kind(side) {
    case .call: source.isBuiltin(source.tree.function(of: side), "type")
    case .name: isBuiltinClass(side, source)
    default: false
    }
  }

  private func isBuiltinClass(_ name: NodeID, _ source: PythonSource) -> Bool {
    let text = source.tree.text(name)
    guard Self.classes.contains(text) || Self.exceptions.contains(text) else { return false }
    return source.qualifiedName(name) == "builtins.\(text)"
  }

  private func isDType(_ side: NodeID, _ source: PythonSource) -> Bool {
    switch source.tree.kind(side) {
    case .call: source.qualifiedName(source.tree.function(of: side)) == "numpy.dtype"
    case .attribute: source.tree.name(of: side) == "dtype"
    default: false
    }
  }

  private static let classes: Set<String> = [
    "bool", "bytearray", "bytes", "classmethod", "complex", "dict", "enumerate", "filter", "float",
    "frozenset", "int", "list", "map", "memoryview", "object", "property", "range", "reversed",
    "set", "slice", "staticmethod", "str", "super", "tuple", "type", "zip",
  ]

  private static let exceptions: Set<String> = [
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BlockingIOError",
    "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError",
    "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError",
    "DeprecationWarning", "EnvironmentError", "EOFError", "Exception", "FileExistsError",
    "FileNotFoundError", "FloatingPointError", "FutureWarning", "GeneratorExit", "ImportError",
    "ImportWarning", "IndentationError", "IndexError", "InterruptedError", "IOError",
    "IsADirectoryError", "KeyboardInterrupt", "KeyError", "LookupError", "MemoryError",
    "ModuleNotFoundError", "NameError", "NotADirectoryError", "NotImplementedError", "OSError",
    "OverflowError", "PendingDeprecationWarning", "PermissionError", "ProcessLookupError",
    "RecursionError", "ReferenceError", "ResourceWarning", "RuntimeError", "RuntimeWarning",
    "StopAsyncIteration", "StopIteration", "SyntaxError", "SyntaxWarning", "SystemError",
    "SystemExit", "TabError", "TimeoutError", "TypeError", "UnboundLocalError",
    "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError",
    "UnicodeWarning", "UserWarning", "ValueError", "Warning", "ZeroDivisionError",
  ]
}

extension ArraySlice<UInt8> {
  /// Without the blanks at both ends.
  var trimmingSpaces: ArraySlice<UInt8> {
    var rest = self
    while let byte = rest.first, byte == 0x20 || byte == 0x09 { rest = rest.dropFirst() }
    while let byte = rest.last, byte == 0x20 || byte == 0x09 { rest = rest.dropLast() }
    return rest
  }
}

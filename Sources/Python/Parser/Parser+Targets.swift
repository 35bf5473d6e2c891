extension Parser {
  /// What a target is for.
  enum TargetUse { case assignment, loop, context, deletion }

  /// The targets of `for`, up to `in`.
  mutating func targets() throws(Stop) -> Ref {
    let start = position
    var target = try loopTarget()
    if kind == .comma {
      var children = Children()
      draft.append(target, to: &children)
      while take(.comma), beginsExpression || kind == .star {
        draft.append(try loopTarget(), to: &children)
      }
      target = node(.tuple, from: start, children)
    }
    try check(target, .loop)
    return target
  }

  private mutating func loopTarget() throws(Stop) -> Ref {
    kind == .star ? try starred() : try binary(Precedence.bar)
  }

  /// Makes sure that something can be assigned to.
  mutating func check(_ target: Ref, _ use: TargetUse) throws(Stop) {
    switch draft[target].kind {
    case .name, .attribute, .subscriptExpression: return
    case .starred where use != .deletion:
      let inner = draft[target].firstChild
      if draft[inner].kind == .starred { throw fail("cannot assign to starred", at: inner) }
      try check(inner, use)
    case .list, .tuple:
      var child = draft[target].firstChild
      while child != 0 {
        try check(child, use)
        child = draft[child].next
      }
    default:
      let verb = use == .deletion ? "delete" : "assign to"
      throw fail("cannot \(verb) \(description(of: target))", at: target)
    }
  }

  /// CPython's word for an expression that something cannot be done to.
  func description(of node: Ref) -> String {
    switch draft[node].kind {
    case .attribute: "attribute"
    case .subscriptExpression: "subscript"
    case .starred: "starred"
    case .name: "name"
    case .list: "list"
    case .tuple: "tuple"
    case .lambda: "lambda"
    case .call: "function call"
    case .booleanOperation, .binaryOperation, .unaryOperation: "expression"
    case .generator: "generator expression"
    case .yield, .yieldFrom: "yield expression"
    case .await: "await expression"
    case .listComprehension: "list comprehension"
    case .setComprehension: "set comprehension"
    case .dictComprehension: "dict comprehension"
    case .dict: "dict literal"
    case .set: "set display"
    case .joinedString, .formattedValue: "f-string expression"
    case .templateString: "t-string expression"
    case .trueConstant: "True"
    case .falseConstant: "False"
    case .noneConstant: "None"
    case .ellipsis: "ellipsis"
    case .compare: "comparison"
    case .conditional: "conditional expression"
    case .namedExpression: "named expression"
    default: "literal"
    }
  }
}

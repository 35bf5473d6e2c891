/// An expression as it was written, before names are resolved.
package indirect enum Expression: Sendable {
  case name(Text, Position)
  case literal(Literal, Position)
  case tuple([Expression], Position)
  case list([Expression], Position)
  case dict([ExpressionPair], Position)
  case binary(Arithmetic.Operator, Expression, Expression, Position)
  case and(Expression, Expression, Position)
  case or(Expression, Expression, Position)
  case not(Expression, Position)
  case negative(Expression, Position)
  case positive(Expression, Position)
  case concatenation([Expression], Position)
  case comparison(Expression, [Operand], Position)
  case conditional(test: Expression, then: Expression, else: Expression?, Position)
  case attribute(Expression, Text, Position)
  case item(Expression, Expression, Position)
  case slice(Expression?, Expression?, Expression?, Position)
  case call(Expression, CallArguments, Position)
  /// A filter; without a value it stands in a filter block or a block assignment.
  case filter(Expression?, String, CallArguments, Position)
  case test(Expression, String, CallArguments, Position)
  /// `ns.name` as the target of an assignment.
  case namespaceTarget(Text, Text, Position)
}

/// A key and a value of a dict display.
package struct ExpressionPair: Sendable {
  package var key: Expression
  package var value: Expression
}

/// A comparison's operator and right side.
package struct Operand: Sendable {
  package enum Comparator: Sendable {
    case equal, notEqual, order(Comparison.Order), contained, notContained
  }

  package var comparator: Comparator
  package var expression: Expression
}

/// What stands between the parentheses of a call.
package struct CallArguments: Sendable {
  package var positional: [Expression] = []
  package var named: [(name: Text, value: Expression)] = []
  /// What follows `*`.
  package var rest: Expression?
  /// What follows `**`.
  package var namedRest: Expression?
}

extension Expression {
  package var position: Position {
    switch self {
    case .name(_, let position), .literal(_, let position), .tuple(_, let position),
      .list(_, let position), .dict(_, let position), .binary(_, _, _, let position),
      .and(_, _, let position), .or(_, _, let position), .not(_, let position),
      .negative(_, let position), .positive(_, let position), .concatenation(_, let position),
      .comparison(_, _, let position), .conditional(_, _, _, let position),
      .attribute(_, _, let position), .item(_, _, let position), .slice(_, _, _, let position),
      .call(_, _, let position), .filter(_, _, _, let position), .test(_, _, _, let position),
      .namespaceTarget(_, _, let position):
      position
    }
  }

  /// What Jinja2 calls the kind of node, for its message about assignment.
  var nodeName: String {
    switch self {
    case .name: "name"
    case .literal: "const"
    case .tuple: "tuple"
    case .list: "list"
    case .dict: "dict"
    case .binary(let op, _, _, _):
      switch op {
      case .add: "add"
      case .subtract: "sub"
      case .multiply: "mul"
      case .divide: "div"
      case .floorDivide: "floordiv"
      case .modulo: "mod"
      case .power: "pow"
      }
    case .and: "and"
    case .or: "or"
    case .not: "not"
    case .negative: "neg"
    case .positive: "pos"
    case .concatenation: "concat"
    case .comparison: "compare"
    case .conditional: "condexpr"
    case .attribute: "getattr"
    case .item: "getitem"
    case .slice: "slice"
    case .call: "call"
    case .filter: "filter"
    case .test: "test"
    case .namespaceTarget: "nsref"
    }
  }

  private static let constants: Set<Text> = ["true", "false", "none", "True", "False", "None"]

  /// Whether it may stand left of `=`.
  var isAssignable: Bool {
    switch self {
    case .name(let name, _): !Self.constants.contains(name)
    case .tuple(let items, _): items.allSatisfy(\.isAssignable)
    case .namespaceTarget: true
    default: false
    }
  }
}

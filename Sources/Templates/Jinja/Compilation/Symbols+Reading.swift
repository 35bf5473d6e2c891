extension Symbols {
  /// Notes the names that statements of this scope store and load; bodies with a scope of their own are not entered.
  func read(_ statements: [Statement]) {
    for statement in statements { read(statement) }
  }

  private func read(_ statement: Statement) {
    switch statement {
    case .output(let parts, _):
      for case .value(let expression) in parts { read(expression) }
    case .assign(let target, let value, _):
      read(value)
      readTarget(target)
    case .assignBlock(let target, _, _, _): readTarget(target)
    case .loop(let loop): read(loop.source)
    case .conditional(let branches, let otherwise, _): read(branches[...], otherwise)
    case .with(_, let values, _, _): for value in values { read(value) }
    case .autoescape, .block, .break, .continue: break
    case .extends(let template, _), .include(let template, _, _, _): read(template)
    case .importModule(let template, let target, _, _):
      read(template)
      store(target)
    case .importNames(let template, let names, _, _):
      read(template)
      for name in names { store(name.alias) }
    case .macro(let name, _): store(name)
    case .callBlock(let call, _): read(call)
    case .filterBlock(let filter, _, _): read(filter)
    case .evaluate(let expression, _): read(expression)
    case .custom(_, let expressions, _): for expression in expressions { read(expression) }
    }
  }

  /// An `if` with its `elif`s: the first test is read here, everything else in branches.
  private func read(_ branches: ArraySlice<Branch>, _ otherwise: [Statement]) {
    guard let first = branches.first else { return }
    read(first.test)
    branch([
      { $0.read(first.body) },
      { symbols in
        for other in branches.dropFirst() { symbols.read([other][...], []) }
      },
      { $0.read(otherwise) },
    ])
  }

  /// Notes the names of a target: as stored, or as parameters of a loop or a `with`.
  func readTarget(_ target: Expression, asParameter: Bool = false) {
    switch target {
    case .name(let name, _):
      if asParameter { declareParameter(name) } else { store(name) }
    case .tuple(let items, _):
      for item in items { readTarget(item, asParameter: asParameter) }
    case .namespaceTarget(let name, _, _): load(name)
    default: read(target)
    }
  }

  func read(_ expression: Expression) { expression.forEachName { load($0) } }
}

extension Expression {
  /// Calls back for every name that is read.
  func forEachName(_ visit: (Text) -> Void) {
    if case .name(let name, _) = self { return visit(name) }
    if case .namespaceTarget(let name, _, _) = self { return visit(name) }
    forEachChild { $0.forEachName(visit) }
  }

  /// Calls back for every part, in the order of Jinja2's nodes.
  func forEachChild(_ visit: (Expression) -> Void) {
    switch self {
    case .name, .literal, .namespaceTarget: break
    case .tuple(let items, _), .list(let items, _), .concatenation(let items, _):
      items.forEach(visit)
    case .dict(let pairs, _):
      for pair in pairs {
        visit(pair.key)
        visit(pair.value)
      }
    case .binary(_, let left, let right, _), .and(let left, let right, _),
      .or(let left, let right, _), .item(let left, let right, _):
      visit(left)
      visit(right)
    case .not(let operand, _), .negative(let operand, _), .positive(let operand, _),
      .attribute(let operand, _, _):
      visit(operand)
    case .comparison(let first, let operands, _):
      visit(first)
      for operand in operands { visit(operand.expression) }
    case .conditional(let test, let then, let otherwise, _):
      visit(test)
      visit(then)
      if let otherwise { visit(otherwise) }
    case .slice(let start, let stop, let step, _):
      for part in [start, stop, step] { if let part { visit(part) } }
    case .call(let function, let arguments, _):
      visit(function)
      arguments.forEachChild(visit)
    case .filter(let value, _, let arguments, _):
      if let value { visit(value) }
      arguments.forEachChild(visit)
    case .test(let value, _, let arguments, _):
      visit(value)
      arguments.forEachChild(visit)
    }
  }
}

extension CallArguments {
  func forEachChild(_ visit: (Expression) -> Void) {
    positional.forEach(visit)
    for (_, value) in named { visit(value) }
    if let rest { visit(rest) }
    if let namedRest { visit(namedRest) }
  }
}

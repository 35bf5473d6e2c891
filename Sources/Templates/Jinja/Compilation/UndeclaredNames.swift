/// Finds which of some special names (`loop`, `caller`, `self`, …) are read before anything of that name is stored, in a
/// body and all bodies inside except blocks.
struct UndeclaredNames {
  private var wanted: [Text]
  private(set) var found: Set<Text> = []

  private init(_ names: [Text]) { wanted = names }

  static func find(_ names: [Text], in body: [Statement]) -> Set<Text> {
    var finder = UndeclaredNames(names)
    finder.visit(body)
    return finder.found
  }

  private mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func load(_ expression: Expression) {
    if case .name(let name, _) = expression {
      if wanted.contains(name) { found.insert(name) }
      return
    }
    if case .namespaceTarget = expression { return }
    expression.forEachChild { load($0) }
  }

  private mutating func store(_ target: Expression) {
    switch target {
    case .name(let name, _): wanted.removeAll { $0 == name }
    case .tuple(let items, _): for item in items { store(item) }
    default: break
    }
  }

  private mutating func visit(_ macro: MacroStatement) {
    for name in macro.parameters { wanted.removeAll { $0 == name } }
    for value in macro.defaults { load(value) }
    visit(macro.body)
  }

  private mutating func visit(_ statement: Statement) {
    switch statement {
    case .output(let parts, _):
      for case .value(let expression) in parts { load(expression) }
    case .assign(let target, let value, _):
      store(target)
      load(value)
    case .assignBlock(let target, let filter, let body, _):
      store(target)
      if let filter { load(filter) }
      visit(body)
    case .loop(let loop):
      store(loop.target)
      load(loop.source)
      visit(loop.body)
      visit(loop.otherwise)
      if let test = loop.test { load(test) }
    case .conditional(let branches, let otherwise, _):
      for branch in branches {
        load(branch.test)
        visit(branch.body)
      }
      visit(otherwise)
    case .with(let targets, let values, let body, _):
      for target in targets { store(target) }
      for value in values { load(value) }
      visit(body)
    case .autoescape(let value, let body, _):
      load(value)
      visit(body)
    case .block, .break, .continue: break
    case .extends(let value, _), .include(let value, _, _, _), .importModule(let value, _, _, _),
      .importNames(let value, _, _, _), .evaluate(let value, _):
      load(value)
    case .macro(_, let macro): visit(macro)
    case .callBlock(let call, let macro):
      load(call)
      visit(macro)
    case .filterBlock(let filter, let body, _):
      visit(body)
      load(filter)
    case .custom(_, let values, _): for value in values { load(value) }
    }
  }
}

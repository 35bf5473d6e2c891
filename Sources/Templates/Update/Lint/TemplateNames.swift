/// The names that a template uses, with where it does; names that it sets itself are left out.
struct TemplateNames {
  struct Use {
    var name: String
    /// The attributes behind it: `cookiecutter.name` has `["name"]`.
    var path: [String]
    var offset: Int
    var line: Int
    /// Whether it may be undefined there: `is defined`, `|default`.
    var isGuarded: Bool
  }

  /// A variable that is compared with a text.
  struct Comparison {
    var path: [String]
    var text: String
    var offset: Int
    var line: Int
  }

  private(set) var uses: [Use] = []
  private(set) var comparisons: [Comparison] = []
  private var bound: Set<Text> = []

  init(_ statements: [Statement]) {
    visit(statements)
    uses.removeAll { bound.contains(Text($0.name)) }
  }

  private mutating func bind(_ target: Expression) {
    switch target {
    case .name(let name, _): bound.insert(name)
    case .tuple(let items, _): for item in items { bind(item) }
    default: break
    }
  }

  private mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement {
    case .output(let parts, _):
      for part in parts { if case .value(let value) = part { visit(value) } }
    case .assign(let target, let value, _):
      bind(target)
      visit(value)
    case .assignBlock(let target, let filter, let body, _):
      bind(target)
      filter.map { visit($0) }
      visit(body)
    case .loop(let loop):
      bind(loop.target)
      bound.insert("loop")
      visit(loop.source)
      loop.test.map { visit($0) }
      visit(loop.body)
      visit(loop.otherwise)
    case .conditional(let branches, let otherwise, _):
      for branch in branches {
        visit(branch.test)
        visit(branch.body)
      }
      visit(otherwise)
    case .with(let targets, let values, let body, _):
      for target in targets { bind(target) }
      for value in values { visit(value) }
      visit(body)
    case .autoescape(let value, let body, _):
      visit(value)
      visit(body)
    case .block(let block):
      bound.formUnion(["self", "super"])
      visit(block.body)
    case .extends(let value, _), .evaluate(let value, _): visit(value)
    case .include(let value, _, _, _): visit(value)
    case .importModule(let value, let target, _, _):
      bound.insert(target)
      visit(value)
    case .importNames(let value, let names, _, _):
      for name in names { bound.insert(name.alias) }
      visit(value)
    case .macro(let name, let macro):
      bound.insert(name)
      visit(macro)
    case .callBlock(let call, let macro):
      visit(call)
      visit(macro)
    case .filterBlock(let filter, let body, _):
      visit(filter)
      visit(body)
    case .custom(_, let values, _): for value in values { visit(value) }
    case .break, .continue: break
    }
  }

  private mutating func visit(_ macro: MacroStatement) {
    bound.formUnion(macro.parameters)
    bound.formUnion(["caller", "varargs", "kwargs"])
    for value in macro.defaults { visit(value) }
    visit(macro.body)
  }

  private mutating func visit(_ arguments: CallArguments) {
    for value in arguments.positional { visit(value) }
    for pair in arguments.named { visit(pair.value) }
    arguments.rest.map { visit($0) }
    arguments.namedRest.map { visit($0) }
  }

  private mutating func visit(_ value: Expression, guarded: Bool = false) {
    if let (name, path, position) = Self.path(value) {
      uses.append(
        Use(
          name: name, path: path, offset: Int(position.offset), line: Int(position.line),
          isGuarded: guarded))
      return
    }
    switch value {
    case .name, .literal, .namespaceTarget: break
    case .tuple(let items, _), .list(let items, _), .concatenation(let items, _):
      for item in items { visit(item) }
    case .dict(let pairs, _):
      for pair in pairs {
        visit(pair.key)
        visit(pair.value)
      }
    case .binary(_, let left, let right, _), .and(let left, let right, _),
      .or(let left, let right, _),
      .item(let left, let right, _):
      visit(left)
      visit(right)
    case .not(let value, _), .negative(let value, _), .positive(let value, _),
      .attribute(let value, _, _):
      visit(value)
    case .comparison(let left, let operands, _):
      visit(left)
      for operand in operands {
        visit(operand.expression)
        note(left, operand)
      }
    case .conditional(let test, let then, let otherwise, _):
      visit(test)
      visit(then)
      otherwise.map { visit($0) }
    case .slice(let a, let b, let c, _): for part in [a, b, c] { part.map { visit($0) } }
    case .call(let function, let arguments, _):
      // `cookiecutter.name.lower()` uses `cookiecutter.name`.
      if case .attribute(let object, _, _) = function { visit(object) } else { visit(function) }
      visit(arguments)
    case .filter(let value, let name, let arguments, _):
      value.map { visit($0, guarded: name == "default" || name == "d") }
      visit(arguments)
    case .test(let value, let name, let arguments, _):
      visit(value, guarded: name == "defined" || name == "undefined")
      visit(arguments)
    }
  }

  private mutating func note(_ left: Expression, _ operand: Operand) {
    switch operand.comparator {
    case .equal, .notEqual: break
    default: return
    }
    for (variable, other) in [(left, operand.expression), (operand.expression, left)] {
      guard let (name, path, position) = Self.path(variable),
        case .literal(let literal, _) = other, let text = literal.plainText
      else { continue }
      comparisons.append(
        Comparison(
          path: [name] + path, text: text, offset: Int(position.offset), line: Int(position.line)))
    }
  }

  /// `a.b['c']` as a name and what follows; nil for anything that is not so plain.
  private static func path(_ value: Expression) -> (String, [String], Position)? {
    switch value {
    case .name(let name, let position): return (name.string, [], position)
    case .attribute(let object, let name, _):
      guard let (root, path, position) = path(object) else { return nil }
      return (root, path + [name.string], position)
    case .item(let object, .literal(let literal, _), _):
      guard let (root, path, position) = path(object), let key = literal.plainText else {
        return nil
      }
      return (root, path + [key], position)
    default: return nil
    }
  }
}

extension Literal {
  /// The text of a text; nil for other constants.
  var plainText: String? {
    if case .string(let text) = self { text.string } else { nil }
  }
}

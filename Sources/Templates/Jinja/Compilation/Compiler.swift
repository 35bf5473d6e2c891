/// Turns what was parsed into instructions: resolves names to slots by Jinja2's scoping rules, and checks what Jinja2
/// checks when it compiles.
struct Compiler {
  let environment: TemplateEnvironment
  let name: String?
  /// What `autoescape` is here, as far as it is known before rendering.
  var escape: (isOn: Bool, isVolatile: Bool)
  let folder: ConstantFolder
  let problems = PythonProblems()
  /// The function that is compiled, as Python names it in the code that Jinja2 makes.
  var path = "root"
  var extendsSoFar = 0
  var hasKnownExtends = false
  let hasExtends: Bool
  /// The blocks of the template in the order found.
  var blocks: [BlockStatement] = []

  /// Where a statement stands.
  struct Frame {
    var symbols: Symbols
    var function: FunctionBuilder
    /// The root of the template, `if`s included.
    var isTop = false
    var isRoot = false
    /// In a branch or an inline if, where unknown filters fail only when reached.
    var isSoft = false
    /// In the body of a loop of the same function, where `break` makes sense.
    var isInLoop = false
    var needsOutputCheck = false
    /// In a place where Jinja2 does not look for the names that are used.
    var isUntracked = false

    func inner() -> Frame {
      Frame(
        symbols: Symbols(function: function, parent: symbols), function: function,
        isInLoop: isInLoop, needsOutputCheck: needsOutputCheck)
    }

    /// A scope in a function of its own, which sees this one's variables.
    func closure() -> Frame {
      let builder = FunctionBuilder(parent: function)
      return Frame(
        symbols: Symbols(function: builder, parent: symbols), function: builder,
        needsOutputCheck: needsOutputCheck)
    }

    func soft() -> Frame {
      var frame = self
      frame.isRoot = false
      frame.isSoft = true
      return frame
    }
  }

  init(environment: TemplateEnvironment, name: String?, hasExtends: Bool) {
    self.environment = environment
    self.name = name
    self.hasExtends = hasExtends
    folder = ConstantFolder(environment)
    escape = (environment.options.autoescape, false)
  }

  /// Compiles a whole template.
  mutating func compile(
    _ body: [Statement]
  ) throws(TemplateError) -> (root: FunctionCode, blocks: [(name: Text, code: FunctionCode)]) {
    for block in body.blocks() {
      if blocks.contains(where: { $0.name == block.name }) {
        throw error(
          "block \(Printing.repr(block.name)) defined twice", block.position)
      }
      blocks.append(block)
    }
    let function = FunctionBuilder()
    var frame = Frame(symbols: Symbols(function: function), function: function)
    var selfSlot: Int?
    if !UndeclaredNames.find(["self"], in: body).isEmpty {
      selfSlot = frame.symbols.declareParameter("self").index
    }
    frame.symbols.read(body)
    frame.isTop = true
    frame.isRoot = true
    frame.needsOutputCheck = hasExtends
    let instructions = try self.body(body, frame)
    let root = FunctionCode(
      slotCount: function.count, scope: scope(frame, clears: false), body: instructions,
      selfSlot: selfSlot)
    var compiled: [(Text, FunctionCode)] = []
    for block in blocks { compiled.append((block.name, try self.block(block))) }
    try problems.check()
    return (root, compiled)
  }

  private mutating func block(_ block: BlockStatement) throws(TemplateError) -> FunctionCode {
    path = "block_\(block.name)"
    let function = FunctionBuilder()
    let frame = Frame(symbols: Symbols(function: function), function: function)
    let special = UndeclaredNames.find(["self", "super"], in: block.body)
    var selfSlot: Int?
    var superSlot: Int?
    if special.contains("self") { selfSlot = frame.symbols.declareParameter("self").index }
    if special.contains("super") { superSlot = frame.symbols.declareParameter("super").index }
    frame.symbols.read(block.body)
    let body = try self.body(block.body, frame)
    return FunctionCode(
      slotCount: function.count, scope: scope(frame, clears: false), body: body,
      selfSlot: selfSlot, superSlot: superSlot, position: block.position)
  }

  /// What is done when a frame's scope is entered and left.
  func scope(_ frame: Frame, clears: Bool = true) -> Scope {
    var scope = Scope()
    var missing: [(index: Int, load: Scope.Load)] = []
    for (index, load) in frame.symbols.loads {
      switch load {
      case .parameter: break
      case .resolve(let name): scope.loads.append((index, .resolve(name)))
      case .alias(let reference):
        scope.loads.append((index, .alias(frame.function.slot(of: reference))))
      case .missing: missing.append((index, .missing))
      }
      if clears { scope.cleared.append(index) }
    }
    scope.loads += missing
    return scope
  }

  var escapeMode: EscapeMode { escape.isVolatile ? .dynamic : escape.isOn ? .on : .off }

  func error(_ message: String, _ position: Position) -> TemplateError {
    TemplateError("TemplateAssertionError", message, name: name, line: Int(position.line))
  }

  /// `line 3 in 'page.html'`.
  func place(_ position: Position) -> String {
    let line = "line \(position.line)"
    return name.map { "\(line) in \(Printing.repr(Text($0)))" } ?? line
  }

  /// The slot of a name as seen from a frame.
  func slot(_ name: Text, _ frame: Frame) -> Slot {
    guard let reference = frame.symbols.find(name) ?? frame.symbols.load(name) else {
      return Slot(hops: 0, index: 0)
    }
    return frame.function.slot(of: reference)
  }

  func target(_ target: Expression, _ frame: Frame) -> Target {
    switch target {
    case .tuple(let items, _): .tuple(items.map { self.target($0, frame) })
    case .namespaceTarget(let name, let attribute, _): .namespace(slot(name, frame), attribute)
    case .name(let name, _): .slot(slot(name, frame))
    default: .tuple([])
    }
  }

  /// Every variable that an included template may see.
  func locals(_ frame: Frame) -> [NamedSlot] {
    frame.symbols.storedNames().map {
      NamedSlot(name: $0.name, slot: frame.function.slot(of: $0.reference))
    }
  }
}

extension [Statement] {
  /// All blocks in these statements and inside them, outermost first.
  func blocks() -> [BlockStatement] {
    flatMap { statement -> [BlockStatement] in
      if case .block(let block) = statement { return [block] + block.body.blocks() }
      return statement.bodies.flatMap { $0.blocks() }
    }
  }

  /// Whether the function of these statements includes a template without context: Jinja2 then makes a generator of it.
  var includesBare: Bool {
    contains { statement in
      switch statement {
      case .include(_, _, let withContext, _): !withContext
      case .macro, .callBlock, .block: false
      case .loop(let loop) where loop.isRecursive: false
      default: statement.bodies.contains { $0.includesBare }
      }
    }
  }

  /// Calls back for every name that is stored in these statements, at any depth.
  func forEachStoredName(_ visit: (Text, Position) -> Void) {
    for statement in self {
      switch statement {
      case .assign(let target, _, _), .assignBlock(let target, _, _, _):
        target.forEachAssignedName(visit)
      case .loop(let loop): loop.target.forEachAssignedName(visit)
      default: break
      }
      for body in statement.bodies { body.forEachStoredName(visit) }
    }
  }
}

extension Expression {
  /// Calls back for the names of a target.
  func forEachAssignedName(_ visit: (Text, Position) -> Void) {
    switch self {
    case .name(let name, let position): visit(name, position)
    case .tuple(let items, _): for item in items { item.forEachAssignedName(visit) }
    default: break
    }
  }
}

extension Statement {
  /// The bodies of a statement, in the order of Jinja2's nodes.
  var bodies: [[Statement]] {
    switch self {
    case .assignBlock(_, _, let body, _), .with(_, _, let body, _), .autoescape(_, let body, _),
      .filterBlock(_, let body, _):
      [body]
    case .loop(let loop): [loop.body, loop.otherwise]
    case .conditional(let branches, let otherwise, _): branches.map(\.body) + [otherwise]
    case .block(let block): [block.body]
    case .macro(_, let macro), .callBlock(_, let macro): [macro.body]
    default: []
    }
  }
}

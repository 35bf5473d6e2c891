/// Walks a tree in the order in which ruff does, and notes what binds and what uses names.
///
/// Expressions are walked as ranges of the node array, so a chain of a million operators is a loop. What recurses is
/// nested as deeply as the parser allows at most.
struct ScopeBuilder {
  let isPackage: Bool
  let mainTree: Tree
  /// The tree that is walked: the file's, or that of a string which is a type.
  var tree: Tree
  /// What to add to the offsets of that tree.
  var offset = 0
  /// The string that tree comes from.
  var anchor: NodeID?
  /// Where its names cannot be told apart, as the string has escapes: the string.
  var anchorRange: Range<Int>?

  var symbols = SymbolTable()
  var scopes: [Scope] = []
  var bindings: [Binding] = []
  var references: [Reference] = []
  var unresolved: [ReferenceID] = []
  var resolutions: [UInt32]
  var exports: [(name: String, node: NodeID)]?
  var undefinedExports: [(name: String, node: NodeID)] = []
  var annotations: [Scopes.StringAnnotation] = []
  var notTypes: [NodeID] = []
  var hasFutureAnnotations = false

  var scope: ScopeID = 0
  var context = Context()
  var branchCount = 1
  /// How many `try` around here handle `NameError`, and `ImportError`.
  var deferred = Deferred()

  /// Where a walk is.
  struct Context {
    /// The statement that is walked.
    var statement = NodeID.module
    var branch = 0
    /// The branch that the statement itself is in.
    var statementBranch = 0
    /// In a place where strings are types.
    var isType = false
    /// In an annotation, or under `if TYPE_CHECKING:`: nothing here runs.
    var isTyping = false
    var isTypeChecking = false
    /// In what is evaluated after the module, if at all: names of the module go before those of classes (PEP 563).
    var isForward = false
    var handlesNameError = false
    var handlesImportError = false
    var isInHandler = false
    /// In an `if`, a `while` or a `try`: what happens here may not happen.
    var isConditional = false
  }

  /// What is looked at later.
  struct Deferred {
    typealias Place = (node: NodeID, scope: ScopeID, context: Context)
    var functions: [Place] = []
    var lambdas: [Place] = []
    var annotations: [Place] = []
    var aliases: [Place] = []
    /// Strings that are types; of the tree they stand in.
    var strings: [(place: Place, tree: Tree, offset: Int, anchor: NodeID?)] = []
  }

  init(_ tree: Tree, isPackage: Bool) {
    self.tree = tree
    self.isPackage = isPackage
    mainTree = tree
    resolutions = Array(repeating: 0, count: tree.count)
    bindings.reserveCapacity(tree.count / 16 + 256)
    references.reserveCapacity(tree.count / 3 + 16)
  }

  mutating func build() {
    scopes.append(Scope(kind: .module, node: .module, parent: nil))
    let names = BuiltinNames.all + BuiltinNames.moduleNames + (isPackage ? ["__path__"] : [])
    for name in names { bindBuiltin(symbols.symbol(name)) }
    for statement in tree.children(of: .module) { visit(statement: statement) }
    runDeferred()
    resolveExports()
  }

  private mutating func bindBuiltin(_ symbol: Symbol) {
    bindings.append(
      Binding(
        kind: .builtin, symbol: symbol, scope: 0, node: .module, range: 0..<0, statement: .module,
        flags: [], branch: 0))
    scopes[0].bindings[symbol] = bindings.count - 1
  }

  /// Looks at what was put off until there is nothing left, in ruff's order.
  private mutating func runDeferred() {
    while true {
      if !deferred.functions.isEmpty {
        let places = deferred.functions
        deferred.functions = []
        for place in places {
          restore(place)
          visit(functionBody: place.node)
        }
      } else if !deferred.aliases.isEmpty {
        let places = deferred.aliases
        deferred.aliases = []
        for place in places {
          restore(place)
          visit(place.node)
        }
      } else if !deferred.lambdas.isEmpty {
        let places = deferred.lambdas
        deferred.lambdas = []
        for place in places {
          restore(place)
          visit(lambdaBody: place.node)
        }
      } else if !deferred.annotations.isEmpty {
        let places = deferred.annotations
        deferred.annotations = []
        for place in places {
          restore(place)
          visit(place.node)
        }
      } else if !deferred.strings.isEmpty {
        let strings = deferred.strings
        deferred.strings = []
        for string in strings {
          tree = string.tree
          offset = string.offset
          anchor = string.anchor
          restore(string.place)
          visit(typeString: string.place.node)
        }
        tree = mainTree
        offset = 0
        anchor = nil
        anchorRange = nil
      } else {
        return
      }
    }
  }

  private mutating func restore(_ place: Deferred.Place) {
    scope = place.scope
    context = place.context
  }

  func place(_ node: NodeID) -> Deferred.Place { (node, scope, context) }

  // MARK: Scopes

  mutating func push(_ kind: Scope.Kind, _ node: NodeID) {
    scopes.append(Scope(kind: kind, node: node, parent: scope))
    scope = scopes.count - 1
  }

  mutating func pop() { scope = scopes[scope].parent ?? 0 }

  mutating func nextBranch() -> Int {
    branchCount += 1
    return branchCount - 1
  }

  // MARK: Names

  /// The number of the name that a token spells.
  mutating func symbol(token index: Int) -> Symbol {
    let token = tree.list.tokens[index]
    return tree.list.source.withUnsafeBufferPointer { source in
      symbols.symbol(UnsafeBufferPointer(rebasing: source[token.range]))
    }
  }

  func range(_ node: NodeID) -> Range<Int> {
    if let anchorRange { return anchorRange }
    let range = tree.range(of: node)
    return (range.lowerBound + offset)..<(range.upperBound + offset)
  }

  func range(token index: Int) -> Range<Int> {
    if let anchorRange { return anchorRange }
    let range = tree.list.tokens[index].range
    return (range.lowerBound + offset)..<(range.upperBound + offset)
  }

  func isSpelled(_ text: String, _ node: NodeID) -> Bool {
    tree.list.source[tree.range(of: node)].elementsEqual(text.utf8)
  }
}

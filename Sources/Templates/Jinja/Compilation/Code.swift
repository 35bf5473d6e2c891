/// An expression ready to run: every name is a slot.
indirect enum Code: Sendable {
  case constant(Literal)
  case variable(Slot, Text)
  case tuple([Code])
  case list([Code])
  case dict([(key: Code, value: Code)])
  case binary(Arithmetic.Operator, Code, Code)
  case and(Code, Code)
  case or(Code, Code)
  case not(Code)
  case negative(Code)
  case positive(Code)
  case concatenation([Code], escapes: Bool)
  case comparison(Code, [(comparator: Operand.Comparator, code: Code)])
  /// Without an else, the text says what is undefined then.
  case conditional(test: Code, then: Code, else: Code?, missing: String)
  case attribute(Code, Text)
  case item(Code, Code)
  case slice(Code, Code?, Code?, Code?)
  case call(Code, ArgumentCode, Position)
  /// A filter of the environment; nil stands for what a block has written.
  case filter(TemplateLibrary.ValueFunction, Code?, ArgumentCode, Position)
  case test(TemplateLibrary.TestFunction, Code, ArgumentCode)
  /// A number that Python writes as a name: `inf`, `nan`.
  case unknownConstant(String)
  /// A filter or test that there is not, in a branch that may never be reached.
  case unknown(String, Code?, ArgumentCode)

  var isConstant: Bool { if case .constant = self { true } else { false } }
}

/// The arguments of a call, ready to run.
struct ArgumentCode: Sendable {
  var positional: [Code] = []
  var named: [(name: Text, code: Code)] = []
  var rest: Code?
  var namedRest: Code?
  /// What Python calls the function, for messages about `**`.
  var callee = "jinja2.runtime.Context.call()"
}

/// A variable: how many functions outwards its frame is, and its place there.
struct Slot: Sendable, Hashable {
  var hops: Int
  var index: Int
}

/// What is assigned to.
indirect enum Target: Sendable {
  case slot(Slot)
  case tuple([Target])
  case namespace(Slot, Text)
}

/// Whether printed values are escaped.
enum EscapeMode: Sendable {
  case off, on
  /// As the context says when the code runs.
  case dynamic
}

/// What happens to the variables of a scope when it is entered and left.
struct Scope: Sendable {
  enum Load: Sendable {
    /// Look the name up in the context.
    case resolve(Text)
    /// Start with an outer variable's value.
    case alias(Slot)
    /// Start undefined.
    case missing
  }

  var loads: [(index: Int, load: Load)] = []
  /// The variables that end with the scope.
  var cleared: [Int] = []
}

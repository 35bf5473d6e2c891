/// A statement ready to run. Text and values to print, of which there are most, take no memory of their own.
enum Instruction: Sendable {
  case text(ArraySlice<UInt8>)
  case output(Code, EscapeMode, Position)
  /// Done only while no parent template is known: text of a child outside its blocks is not printed.
  indirect case unlessExtended([Instruction])
  indirect case assign(Target, Code, namespaces: [Slot], exports: [NamedSlot], Position)
  indirect case assignBlock(
    Target, Scope, [Instruction], filter: Code?, exports: [NamedSlot], Position)
  case loop(LoopCode)
  indirect case conditional(
    [(test: Code, body: [Instruction], position: Position)], else: [Instruction])
  indirect case with([(target: Target, code: Code)], Scope, [Instruction], Position)
  indirect case autoescape(Code, [Instruction], Position)
  indirect case block(Text, locals: [NamedSlot]?, isRequired: Bool, Position)
  /// `extends`; the flag asks whether something else was extended before.
  indirect case extends(Code, checksFirst: Bool, Position)
  case extendedTwice(Position)
  indirect case include(
    Code, isList: Bool, ignoresMissing: Bool, locals: [NamedSlot]?, Position)
  indirect case importModule(
    Code, target: Slot, name: Text, locals: [NamedSlot]?, isTop: Bool, Position)
  indirect case importNames(
    Code, [ImportCode], locals: [NamedSlot]?, isTop: Bool, place: String, Position)
  indirect case macro(MacroCode, Slot, isTop: Bool, Position)
  indirect case callBlock(MacroCode, Code, ArgumentCode, Position)
  indirect case filterBlock(Code, Scope, [Instruction], Position)
  case evaluate(Code, Position)
  case `break`
  case `continue`
  indirect case custom(TemplateLibrary.CustomWriter, [Code], Position)
}

/// A variable with its name.
struct NamedSlot: Sendable {
  var name: Text
  var slot: Slot
}

/// A name that `from … import` brings.
struct ImportCode: Sendable {
  var name: Text
  var alias: NamedSlot
}

/// A function of a template: its root, a block, a macro's body or a recursive loop's.
final class FunctionCode: Sendable {
  let slotCount: Int
  let scope: Scope
  let body: [Instruction]
  /// Where `self` and `super` are kept, if they are used.
  let selfSlot: Int?
  let superSlot: Int?
  let position: Position

  init(
    slotCount: Int, scope: Scope, body: [Instruction], selfSlot: Int? = nil,
    superSlot: Int? = nil, position: Position = .start
  ) {
    self.slotCount = slotCount
    self.scope = scope
    self.body = body
    self.selfSlot = selfSlot
    self.superSlot = superSlot
    self.position = position
  }
}

/// A macro or the body of a call block.
final class MacroCode: Sendable {
  let name: Text?
  let parameters: [Text]
  /// The slots of the parameters, then those of `caller`, `kwargs` and `varargs` as far as they are used.
  let parameterSlots: [Int]
  /// For every parameter; nil when it has no default.
  let defaults: [Code?]
  let usesCaller: Bool
  let usesNamedRest: Bool
  let usesRest: Bool
  /// Its path in the code that Jinja2 makes, when that is a generator by mistake.
  let generator: String?
  let function: FunctionCode

  init(
    name: Text?, parameters: [Text], parameterSlots: [Int], defaults: [Code?], usesCaller: Bool,
    usesNamedRest: Bool, usesRest: Bool, generator: String?, function: FunctionCode
  ) {
    self.generator = generator
    self.name = name
    self.parameters = parameters
    self.parameterSlots = parameterSlots
    self.defaults = defaults
    self.usesCaller = usesCaller
    self.usesNamedRest = usesNamedRest
    self.usesRest = usesRest
    self.function = function
  }
}

/// A `for` loop.
final class LoopCode: Sendable {
  let source: Code
  let target: Target
  /// The slot of `loop`, when the body may look at it.
  let loopSlot: Int?
  let scope: Scope
  let body: [Instruction]
  let otherwise: [Instruction]
  let otherwiseScope: Scope
  let filter: LoopFilterCode?
  /// A recursive loop's body is a function of its own with this many slots.
  let recursiveSlotCount: Int?
  /// The path of that function in the code that Jinja2 makes, when it is a generator by mistake.
  let generator: String?
  let escape: EscapeMode
  let position: Position

  init(
    source: Code, target: Target, loopSlot: Int?, scope: Scope, body: [Instruction],
    otherwise: [Instruction], otherwiseScope: Scope, filter: LoopFilterCode?,
    recursiveSlotCount: Int?, generator: String?, escape: EscapeMode, position: Position
  ) {
    self.generator = generator
    self.source = source
    self.target = target
    self.loopSlot = loopSlot
    self.scope = scope
    self.body = body
    self.otherwise = otherwise
    self.otherwiseScope = otherwiseScope
    self.filter = filter
    self.recursiveSlotCount = recursiveSlotCount
    self.escape = escape
    self.position = position
  }
}

/// The `if` of a `for`: a function of its own, asked for one item after another.
struct LoopFilterCode: Sendable {
  var slotCount: Int
  var scope: Scope
  var target: Target
  var test: Code
}

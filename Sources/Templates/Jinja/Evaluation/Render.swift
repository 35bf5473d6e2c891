/// The state of one render: what filters, tests and methods may ask of it. Belongs to one thread.
package final class Render {
  package let environment: TemplateEnvironment
  package let limits: TemplateLimits
  /// What is written so far: to the file, or into the macro, block or filter that is open.
  var output: [UInt8] = []
  /// How many pieces were written, and the first that was no text: Jinja2 joins the pieces at the end, and only then fails.
  private var pieces = 0
  /// The pieces of what was captured last.
  private(set) var capturedPieces = 0
  /// How many set and filter blocks of the running function are open, and what was included in them without context:
  /// Jinja2 writes that before the block is done.
  var openBlocks = 0
  private var aside: [UInt8] = []
  private var asidePieces = 0
  private var wrongPiece: (index: Int, type: String)?
  /// Where macros stand, which hold what holds them; taken apart when the render is done.
  var closures: [(frame: Frame, context: Context)] = []
  /// The context of the code that runs.
  var context: Context?
  /// What the block wrote that a filter without a value works on.
  var captured = Value.none
  /// Whether texts are escaped while no template runs: when constants are folded.
  var assumedEscape: Bool
  private var rounds = 0
  private var depth = 0
  private var room = StackRoom()
  private var globals: [Text: Value] = [:]
  var modules: [ObjectIdentifier: ModuleObject] = [:]

  package init(environment: TemplateEnvironment) {
    self.environment = environment
    limits = environment.limits
    assumedEscape = environment.options.autoescape
  }

  /// Whether texts are escaped when printed, where the template stands now.
  package var autoescape: Bool { context?.escape.isOn ?? assumedEscape }

  /// The name of the template that runs.
  package var templateName: String? { context?.template.name }

  /// A variable as the running template's context has it; nil when there is none.
  package func variable(_ name: Text) throws(TemplateError) -> Value? {
    try context?.find(name, self)
  }

  /// Everything that the running template's context and the globals hold, inner names over outer ones.
  func variables() throws(TemplateError) -> [(Text, Value)] {
    var found: [Text: Value] = [:]
    for name in environment.library.globals.keys { found[name] = try global(name) }
    for (name, value) in context?.names.all() ?? [:] { found[name] = value }
    for (name, value) in context?.variables ?? [:] { found[name] = value }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Counts work that a template asks for.
  ///
  /// - Throws: `LimitExceeded` once it is too much.
  package func charge(rounds count: Int) throws(TemplateError) {
    let (sum, overflow) = rounds.addingReportingOverflow(count)
    guard !overflow, sum <= limits.rounds else {
      throw .limit("the template takes more than \(limits.rounds) rounds")
    }
    rounds = sum
  }

  /// Runs something one level deeper.
  func nested<Result>(
    _ body: () throws(TemplateError) -> Result
  ) throws(TemplateError) -> Result {
    guard depth < limits.depth, room.hasRoom() else {
      throw TemplateError(
        "RecursionError", "maximum recursion depth exceeded while calling a Python object")
    }
    depth += 1
    defer { depth -= 1 }
    return try body()
  }

  /// Collects what something writes.
  func captured(_ body: () throws(TemplateError) -> Void) throws(TemplateError) -> Text {
    var outer: [UInt8] = []
    swap(&outer, &output)
    let outerPieces = (pieces, wrongPiece)
    pieces = 0
    wrongPiece = nil
    defer {
      output = outer
      capturedPieces = pieces
      (pieces, wrongPiece) = outerPieces
    }
    try body()
    try checkPieces()
    return Text(bytes: output)
  }

  /// Fails as Python's `''.join` does when a piece is no text.
  func checkPieces() throws(TemplateError) {
    guard let (index, type) = wrongPiece else { return }
    throw .type("sequence item \(index): expected str instance, \(type) found")
  }

  /// Writes what a call or filter block gave, which need not be a text.
  func writePiece(_ value: Value) throws(TemplateError) {
    if let text = value.text { return try write(text) }
    if wrongPiece == nil { wrongPiece = (pieces, value.typeName) }
    pieces += 1
  }

  func write(_ bytes: ArraySlice<UInt8>) throws(TemplateError) {
    pieces += 1
    output.append(contentsOf: bytes)
    if output.count > limits.bytes { throw tooMuchOutput }
  }

  /// Writes what a template printed that was included without context.
  func write(_ module: ModuleObject) throws(TemplateError) {
    guard openBlocks > 0 else {
      try write(module.text)
      pieces += module.pieces - 1
      return
    }
    aside += module.text.bytes
    asidePieces += module.pieces
    if aside.count > limits.bytes { throw tooMuchOutput }
  }

  /// Collects what a set or filter block writes.
  func block(_ body: () throws(TemplateError) -> Void) throws(TemplateError) -> Text {
    openBlocks += 1
    let text: Text
    do throws(TemplateError) {
      text = try captured(body)
    } catch {
      openBlocks -= 1
      throw error
    }
    openBlocks -= 1
    if openBlocks == 0, asidePieces > 0 {
      try write(aside[...])
      pieces += asidePieces - 1
      (aside, asidePieces) = ([], 0)
    }
    return text
  }

  func write(_ text: Text) throws(TemplateError) {
    pieces += 1
    output.append(contentsOf: text.bytes)
    if output.count > limits.bytes { throw tooMuchOutput }
  }

  private var tooMuchOutput: TemplateError {
    .limit("the template writes more than \(limits.bytes) bytes")
  }

  /// A global's value, made once a render.
  func global(_ name: Text) throws(TemplateError) -> Value? {
    if let value = globals[name] { return value }
    guard let factory = environment.library.globals[name] else { return nil }
    let value = try factory(self)
    globals[name] = value
    return value
  }
}

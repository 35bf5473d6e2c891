/// The state of one render: what filters, tests and methods may ask of it. Belongs to one thread.
package final class Render {
  package let environment: TemplateEnvironment
  package let limits: TemplateLimits
  /// What is written so far: to the file, or into the macro, block or filter that is open.
  var output: [UInt8] = []
  /// The context of the code that runs.
  var context: Context?
  /// What the block wrote that a filter without a value works on.
  var captured = Value.none
  private var rounds = 0
  private var depth = 0
  private var globals: [Text: Value] = [:]
  var modules: [ObjectIdentifier: ModuleObject] = [:]

  package init(environment: TemplateEnvironment) {
    self.environment = environment
    limits = environment.limits
  }

  /// Whether texts are escaped when printed, where the template stands now.
  package var autoescape: Bool { context?.escape.isOn ?? environment.options.autoescape }

  /// The name of the template that runs.
  package var templateName: String? { context?.template.name }

  /// A variable as the running template's context has it; nil when there is none.
  package func variable(_ name: Text) throws(TemplateError) -> Value? {
    try context?.find(name, self)
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
    guard depth < limits.depth else {
      throw TemplateError("RecursionError", "maximum recursion depth exceeded")
    }
    depth += 1
    defer { depth -= 1 }
    return try body()
  }

  /// Collects what something writes.
  func captured(_ body: () throws(TemplateError) -> Void) throws(TemplateError) -> Text {
    var outer: [UInt8] = []
    swap(&outer, &output)
    defer { output = outer }
    try body()
    return Text(bytes: output)
  }

  func write(_ bytes: ArraySlice<UInt8>) throws(TemplateError) {
    output.append(contentsOf: bytes)
    if output.count > limits.bytes { throw tooMuchOutput }
  }

  func write(_ text: Text) throws(TemplateError) {
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

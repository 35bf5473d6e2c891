/// A template, parsed and compiled once; any number of threads may render it.
package final class Template: Sendable {
  package let name: String?
  package let environment: TemplateEnvironment
  /// Whether it names a method that changes a list or dict, or brings in other templates: rendering it may change the
  /// values of a shared session. Says too much rather than too little.
  package let mutatesContext: Bool
  /// Whether it is nothing but text.
  package let isPlain: Bool
  let source: SourceText
  let root: FunctionCode
  let blocks: [(name: Text, code: FunctionCode)]

  init(
    source bytes: [UInt8], name: String?, environment: TemplateEnvironment
  ) throws(TemplateError) {
    self.name = name
    self.environment = environment
    source = SourceText(
      bytes, keepTrailingNewline: environment.options.keepTrailingNewline)
    do throws(TemplateError) {
      var parser = try Parser(source: source, environment: environment)
      let body = try parser.template()
      mutatesContext = parser.mayMutate
      isPlain = body.isPlain
      var compiler = Compiler(
        environment: environment, name: name, hasExtends: parser.hasExtends)
      (root, blocks) = try compiler.compile(body)
    } catch {
      var error = error
      if error.name == nil { error.name = name }
      throw error
    }
  }

  /// Renders with variables of its own.
  ///
  /// - Throws: what the template raises, with its line.
  package func render(_ context: TemplateContext) throws(TemplateError) -> [UInt8] {
    try render(RenderSession(context))
  }

  /// Renders with the live variables of a session.
  package func render(_ session: RenderSession) throws(TemplateError) -> [UInt8] {
    let render = Render(environment: environment)
    return try render.renderRoot(self, Context(self, Names(session: session)))
  }
}

extension [Statement] {
  fileprivate var isPlain: Bool {
    allSatisfy { statement in
      guard case .output(let parts, _) = statement else { return false }
      return parts.allSatisfy { if case .data = $0 { true } else { false } }
    }
  }
}

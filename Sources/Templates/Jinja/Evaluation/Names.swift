/// Where a context finds names that its template did not set: layers over the variables given and the globals.
final class Names {
  let variables: [Text: Value]
  let next: Names?
  let session: RenderSession?

  init(_ variables: [Text: Value], over next: Names?) {
    self.variables = variables
    self.next = next
    session = nil
  }

  /// The lowest layer; without a session there are only the globals.
  init(session: RenderSession?) {
    variables = [:]
    next = nil
    self.session = session
  }

  /// The names of all layers, globals left out.
  func all() -> [Text: Value] {
    var found = next?.all() ?? [:]
    if let session {
      for name in session.context.names { found[name] = session.variable(name) }
    }
    for (name, value) in variables { found[name] = value }
    return found
  }

  func find(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    var layer: Names? = self
    while let current = layer {
      if let value = current.variables[name] { return value }
      if let value = current.session?.variable(name) { return value }
      layer = current.next
    }
    return try render.global(name)
  }
}

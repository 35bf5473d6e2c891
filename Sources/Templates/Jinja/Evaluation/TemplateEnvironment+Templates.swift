import Synchronization

extension TemplateEnvironment {
  /// Parses a template from text.
  package func template(
    _ source: String, name: String? = nil
  ) throws(TemplateError) -> Template {
    try Template(source: Array(source.utf8), name: name, environment: self)
  }

  /// Parses a template from UTF-8 bytes.
  package func template(
    bytes: [UInt8], name: String? = nil
  ) throws(TemplateError) -> Template {
    try Template(source: bytes, name: name, environment: self)
  }

  /// The template of a name, through the loader; parsed once.
  ///
  /// - Throws: `TemplateNotFound`, or why it cannot be parsed.
  package func template(named name: String) throws(TemplateError) -> Template {
    guard let loader else { throw .type("no loader for this environment specified") }
    if let template = cache.withLock({ $0[name] }) { return template }
    guard let source = try loader.source(of: name) else {
      throw TemplateError("TemplateNotFound", name)
    }
    let template = try template(source, name: name)
    cache.withLock { $0[name] = template }
    return template
  }
}

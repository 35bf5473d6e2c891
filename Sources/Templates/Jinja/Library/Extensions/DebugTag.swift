/// `{% debug %}` of `jinja2.ext.debug`: the variables, and the names of the filters and tests, three levels deep.
enum DebugTag {
  static func tag() -> ExtensionTag {
    let read: ExtensionTag.Reader = { (_) throws(TemplateError) in [] }
    let write: ExtensionTag.Writer = { (_, render) throws(TemplateError) in
      let library = render.environment.library
      let filters = library.filters.keys.filter { $0 != TranslationLibrary.safeMark }
      let shown = DictBox([
        ("context", .dict(DictBox(try render.variables()))),
        ("filters", names(filters)), ("tests", names(Array(library.tests.keys))),
      ])
      return .string(try PrettyPrinter.text(of: .dict(shown), depth: 3, isCompact: true, render))
    }
    return ExtensionTag(read: read, write: write)
  }

  private static func names(_ names: [String]) -> Value {
    .list(names.map { Text($0) }.sorted().map { .string($0) })
  }
}

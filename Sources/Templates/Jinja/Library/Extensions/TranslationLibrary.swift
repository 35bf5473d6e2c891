/// What `jinja2.ext.i18n` adds to a library.
enum TranslationLibrary {
  /// The filter that a translated text goes through; no template can write its name.
  static let safeMark = "safe when escaping"

  static func add(to library: inout TemplateLibrary) {
    let mark: TemplateLibrary.ValueFunction = { (value, _, render) throws(TemplateError) in
      render.autoescape ? .markup(try render.str(value)) : value
    }
    library.filters[safeMark] = mark
    library.addFunction("_") { (arguments, render) throws(TemplateError) in
      let function =
        try render.variable("gettext") ?? render.undefined(name: .string("gettext"))
      return try render.call(function, arguments)
    }
  }
}

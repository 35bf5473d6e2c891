extension TemplateLibrary {
  /// What every Jinja2 environment has.
  package static let standard = TemplateLibrary()
}

/// The renderers that there are.
package enum TemplateRenderers {
  /// What renders templates of a kind.
  ///
  /// - Parameters:
  ///   - variables: the environment's, for programs that a template brings and for settings.
  ///   - askers: who answers when a request says that somebody may be asked; nil for nobody.
  package static func renderer(
    for kind: ScaffoldState.Kind, variables: [String: String], askers: TemplateAskers? = nil
  ) -> any TemplateRenderer {
    switch kind {
    case .copier: return CopierRenderer(variables: variables, asker: askers?.copier)
    case .cookiecutter:
      return AnsweringRenderer(
        renderer: CookiecutterRenderer(variables: variables), variables: variables,
        asker: askers.map { FunctionAsker(function: $0.cookiecutter) })
    }
  }
}

/// The renderers that there are.
package enum TemplateRenderers {
  /// What renders templates of a kind.
  ///
  /// - Parameter variables: the environment's, for programs that a template brings and for settings.
  package static func renderer(
    for kind: ScaffoldState.Kind, variables: [String: String]
  ) -> any TemplateRenderer {
    switch kind {
    case .cookiecutter: CookiecutterRenderer(variables: variables)
    case .copier: CopierRenderer(variables: variables)
    }
  }
}

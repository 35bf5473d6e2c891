import Platform

/// The renderers that there are.
package enum ScaffoldRenderers {
  /// What renders templates of a kind.
  ///
  /// - Parameter variables: the environment's, for programs that a template brings and for settings.
  package static func renderer(
    for kind: ScaffoldState.Kind, variables: [String: String]
  ) -> any ScaffoldRenderer {
    switch kind {
    case .cookiecutter: UnfinishedRenderer()
    case .copier: UnfinishedRenderer()
    }
  }
}

private struct UnfinishedRenderer: ScaffoldRenderer {
  func render(_ request: ScaffoldRequest) async throws -> ScaffoldRendering {
    throw Failure(.unsupported, "templates cannot be rendered yet")
  }
}

import Platform

/// Something that is wrong with a template, or looks so.
package struct TemplateFinding: Sendable, Hashable {
  package enum Rule: String, Sendable, CaseIterable {
    /// The template cannot be parsed.
    case syntax
    /// A name that nothing declares.
    case undefined
    /// A question whose answer nothing uses.
    case unused
    /// A comparison with a text that is no choice of the question.
    case unreachable
    /// The template cannot be rendered with its defaults: a name leads out of the project, a value has the wrong type.
    case rendering
  }

  package var rule: Rule
  package var message: String
  package var location: SourceLocation
  /// Whether a project cannot be made because of it; otherwise it only looks wrong.
  package var isError: Bool
}

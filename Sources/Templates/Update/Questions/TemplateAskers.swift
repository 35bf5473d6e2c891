/// Puts the questions of templates to a person.
package struct TemplateAskers: Sendable {
  let cookiecutter: @Sendable (Question) throws -> Answer
  let copier: @Sendable (CopierPrompt) throws -> ContextValue

  /// - Parameters:
  ///   - cookiecutter: throws ``Aborted`` when there is nobody any more.
  ///   - copier: throws ``Failure`` then.
  package init(
    cookiecutter: @escaping @Sendable (Question) throws -> Answer,
    copier: @escaping @Sendable (CopierPrompt) throws -> ContextValue
  ) {
    self.cookiecutter = cookiecutter
    self.copier = copier
  }
}

/// Asks as a function says.
struct FunctionAsker: Asker {
  let function: @Sendable (Question) throws -> Answer

  func answer(_ question: Question) throws -> Answer { try function(question) }
}

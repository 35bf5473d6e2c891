import Platform

/// Why a project cannot be made, for people and for scripts that know cookiecutter.
package struct ScaffoldFailure: Error, Sendable {
  package var failure: Failure
  /// The lines that cookiecutter prints on standard output, when it says more than the message.
  package var peerText: String?

  package init(_ failure: Failure, peerText: String? = nil) {
    self.failure = failure
    self.peerText = peerText
  }
}

extension ScaffoldFailure {
  /// A template that failed; what an undefined variable gets is cookiecutter's.
  ///
  /// - Parameters:
  ///   - what: what could not be done: `Unable to create file 'x'`.
  ///   - file: where the template stands.
  ///   - source: the template's text.
  init(_ error: TemplateError, _ what: String, file: String, source: String?, context: AnswerMap) {
    var error = error
    // Of the file itself, and not of one that it includes: told by its whole path.
    if let name = error.name, file.hasSuffix(name) { error.name = nil }
    var failure = error.failure(in: file, source: Array((source ?? "").utf8))
    failure.code = .invalid
    guard error.exception == "UndefinedError" else {
      failure.message = "\(what): \(failure.message)"
      self.init(failure)
      return
    }
    failure.message = "\(what): \(failure.message)"
    self.init(
      failure,
      peerText: "\(what)\nError message: \(error.message)\nContext: "
        + Answer.map(context).json(indent: 4, sortsKeys: true))
  }
}

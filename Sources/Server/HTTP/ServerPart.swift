/// A part of the server that answers some of the requests.
package protocol ServerPart: Sendable {
  /// The answer to a request; nil when it is another part's.
  ///
  /// - Throws: ``APIError`` and ``Failure``, which become answers in MLflow's form.
  func answer(_ request: ServerRequest) async throws -> ServerAnswer?
}

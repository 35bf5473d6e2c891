import Platform

/// A refusal that MLflow's clients know by its code and words, and a person at the command line by others.
///
/// The store throws these inside; its doors for commands turn them into ``failure``, and the tracking server
/// answers with ``code`` and ``message``.
package struct RecordFailure: Error, Sendable, Hashable {
  /// What MLflow's server calls the kind of refusal (`error_code` of its answers).
  package enum Code: String, Sendable, Hashable, CaseIterable {
    case invalidParameterValue = "INVALID_PARAMETER_VALUE"
    case alreadyExists = "RESOURCE_ALREADY_EXISTS"
    case doesNotExist = "RESOURCE_DOES_NOT_EXIST"
    case badRequest = "BAD_REQUEST"
    case invalidState = "INVALID_STATE"
    case permissionDenied = "PERMISSION_DENIED"
    case conflict = "RESOURCE_CONFLICT"
  }

  package var code: Code
  /// As MLflow's server words it.
  package var message: String
  /// As a person at the command line is told.
  package var failure: Failure

  package init(_ code: Code, _ message: String, failure: Failure) {
    self.code = code
    self.message = message
    self.failure = failure
  }
}

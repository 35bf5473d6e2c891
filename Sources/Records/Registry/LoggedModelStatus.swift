/// How far a logged model is. The raw values are those that MLflow stores.
package enum LoggedModelStatus: Int, Sendable, Hashable, CaseIterable {
  case unspecified = 0
  /// Its files are on the way.
  case pending = 1
  case ready = 2
  case failed = 3
}

extension LoggedModelStatus {
  /// As the API writes it.
  package var apiName: String {
    switch self {
    case .unspecified: "LOGGED_MODEL_STATUS_UNSPECIFIED"
    case .pending: "LOGGED_MODEL_PENDING"
    case .ready: "LOGGED_MODEL_READY"
    case .failed: "LOGGED_MODEL_UPLOAD_FAILED"
    }
  }

  /// As MLflow's Python client writes it.
  package var name: String {
    switch self {
    case .unspecified: "UNSPECIFIED"
    case .pending: "PENDING"
    case .ready: "READY"
    case .failed: "FAILED"
    }
  }
}

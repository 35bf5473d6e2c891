import Formats
import HTTPTypes
import Records

/// Artifacts by the run that they belong to, as browsers ask for them: `/get-artifact` and `upload-artifact`.
struct RunArtifacts: ServerPart {
  let tracking: Tracking
  let artifacts: ArtifactStore

  /// Bytes that MLflow's pages may send at once.
  static let uploadLimit: Int64 = 10 << 20

  func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    switch request.path {
    case "/get-artifact":
      guard let text = request.query["path"] else {
        throw APIError("BAD_REQUEST", "Request must specify path.", status: 400)
      }
      let path = try ArtifactPath(text)
      let run = request.query["run_id"] ?? request.query["run_uuid"]
      try await tracking.access.require(.read, run: run ?? "", request.identity)
      return try await artifacts.download(
        try await root(of: run).appending(path),
        request.headers)
    case "/ajax-api/2.0/mlflow/upload-artifact" where request.method == .post:
      return try await upload(request)
    default: return nil
    }
  }

  private func upload(_ request: ServerRequest) async throws -> ServerAnswer {
    guard let run = request.query["run_uuid"], !run.isEmpty else {
      throw APIError.invalid("Request must specify run_uuid.")
    }
    guard let text = request.query["path"], !text.isEmpty else {
      throw APIError.invalid("Request must specify path.")
    }
    let path = try ArtifactPath(text)
    try await tracking.access.require(.edit, run: run, request.identity)
    if let length = request.headers[.contentLength].flatMap(Int64.init), length > Self.uploadLimit {
      throw APIError.invalid("Artifact size is too large. Max size is 10MB.")
    }
    try await artifacts.upload(
      try await root(of: run).appending(path), request.body, upTo: Self.uploadLimit)
    return ServerAnswer("application/json", "{}")
  }

  private func root(of run: String?) async throws -> ArtifactPath {
    let id = try APIRequest.run(run ?? "")
    let found = try await tracking.store.read { try $0.run(id) }
    return try ArtifactRoot.path(tracking.artifactURI(of: found))
  }
}

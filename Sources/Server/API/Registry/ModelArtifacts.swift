import Formats
import HTTPTypes
import Records

/// Files of models, as MLflow's pages ask for them: `/model-versions/get-artifact` and
/// `logged-models/ID/artifacts/files`.
struct ModelArtifacts: ServerPart {
  let tracking: Tracking

  private static let models = "/ajax-api/2.0/mlflow/logged-models/"

  func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    guard request.method == .get || request.method == .head else { return nil }
    if request.path == "/model-versions/get-artifact" { return try await version(request) }
    guard request.path.hasPrefix(Self.models), request.path.hasSuffix("/artifacts/files") else {
      return nil
    }
    let id = request.path.dropFirst(Self.models.count).dropLast("/artifacts/files".count)
    guard !id.isEmpty, !id.contains("/") else { return nil }
    guard let text = request.query["artifact_file_path"], !text.isEmpty else {
      throw APIError(
        "BAD_REQUEST", "Request must include the \"artifact_file_path\" query parameter.",
        status: 400)
    }
    let path = try ArtifactPath(text)
    let model = String(id)
    try await tracking.access.require(.read, loggedModel: model, request.identity)
    let found = try await tracking.store.read { try $0.loggedModel(model) }
    return try await download(found.artifactURI, path, request)
  }

  private func version(_ request: ServerRequest) async throws -> ServerAnswer {
    guard let text = request.query["path"] else {
      throw APIError("BAD_REQUEST", "Request must specify path.", status: 400)
    }
    let path = try ArtifactPath(text)
    let (name, version) = (request.query["name"] ?? "", request.query["version"] ?? "")
    try await tracking.access.requireFiles(ofModel: name, request.identity)
    let found = try await tracking.store.read { try $0.modelVersion(of: name, version) }
    return try await download(try await root(of: found), path, request)
  }

  /// Where the files of a version are; those of a run are below the run's folder.
  private func root(of version: ModelVersion) async throws -> String {
    let source = version.downloadURI
    guard source.hasPrefix("runs:/") else { return source }
    let rest = source.dropFirst("runs:/".count).drop { $0 == "/" }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let id = try APIRequest.run(String(rest[..<slash]))
    let run = try await tracking.store.read { try $0.run(id) }
    return tracking.artifactURI(of: run) + rest[slash...]
  }

  private func download(
    _ root: String, _ path: ArtifactPath, _ request: ServerRequest
  ) async throws -> ServerAnswer {
    try await tracking.artifacts.download(
      try ArtifactRoot.path(root).appending(path), request.headers)
  }
}

import Formats
import HTTPTypes
import Platform

/// The files behind `mlflow-artifacts:/…`: up, down, listed and removed through this server.
struct ArtifactProxy: ServerPart {
  let artifacts: ArtifactStore
  let access: AccessControl

  func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    for prefix in ["/api", "/ajax-api"] {
      let base = prefix + "/2.0/mlflow-artifacts/"
      guard request.path.hasPrefix(base) else { continue }
      let rest = request.path.dropFirst(base.count)
      if rest == "artifacts" || rest == "artifacts/" { return try await list(request) }
      if rest.hasPrefix("artifacts/") { return try await file(rest.dropFirst(10), request) }
      if rest.hasPrefix("mpu/") || rest.hasPrefix("presigned/") {
        throw APIError(
          "NOT_IMPLEMENTED", "Files are sent in one piece to this server.", status: 501)
      }
    }
    return nil
  }

  private func list(_ request: ServerRequest) async throws -> ServerAnswer {
    guard request.method == .get || request.method == .head else {
      throw APIError.wrongMethod(request.method, allowed: ["GET"])
    }
    let path = try ArtifactPath(request.query["path"] ?? "")
    try access.require(.read, artifacts: path, request.identity)
    var json = JSONMembers()
    json.add("files", try await artifacts.list(path).map { $0.api(below: nil) })
    return ServerAnswer("application/json", json.value.text())
  }

  private func file(_ target: Substring, _ request: ServerRequest) async throws -> ServerAnswer {
    let path = try ArtifactPath(encoded: target)
    try access.require(
      request.method == .put ? .edit : request.method == .delete ? .manage : .read,
      artifacts: path, request.identity)
    switch request.method {
    case .get, .head: return try await artifacts.download(path, request.headers)
    case .put:
      guard target.last != "/" else {
        throw APIError.invalid("Artifact path must include a filename (cannot end with '/').")
      }
      try await artifacts.upload(path, request.body)
    case .delete: try await artifacts.remove(path)
    default: throw APIError.wrongMethod(request.method, allowed: ["GET", "PUT", "DELETE"])
    }
    return ServerAnswer("application/json", "{}")
  }
}

extension ArtifactStore.Entry {
  /// As the API shows it.
  ///
  /// - Parameter folder: what stands before the name; nil for the name alone.
  func api(below folder: ArtifactPath?) -> JSONValue {
    var json = JSONMembers()
    json.add("path", (folder.map(\.names) ?? []).map { $0 + "/" }.joined() + name)
    json.add("is_dir", .bool(isDirectory))
    if !isDirectory, size > 0 { json.add("file_size", size) }
    return json.value
  }
}

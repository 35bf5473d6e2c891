import Formats
import Records

/// `artifacts/list`: what a run has logged.
enum ArtifactEndpoints {
  static let all: [Endpoint] = [list]

  static let list = Endpoint(
    .get, "artifacts/list", access: .on(.run("run_id"), .read),
    shape: ["run_id": .text, "run_uuid": .text, "path": .text, "page_token": .text],
    rules: [
      FieldRule("run_id", .string, .required), FieldRule("path", .string),
      FieldRule("page_token", .string),
    ]
  ) { request, tracking in
    let path = try ArtifactPath(request.plainText("path"))
    let id = try request.run()
    let run = try await tracking.store.read { try $0.run(id) }
    let uri = tracking.artifactURI(of: run)
    let entries = try await tracking.artifacts.list(try ArtifactRoot.path(uri).appending(path))
    var json = JSONMembers()
    json.add("root_uri", uri)
    json.add("files", entries.map { $0.api(below: path) })
    return json.value
  }
}

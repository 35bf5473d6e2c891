import Formats
import Platform
import Records
import SystemPackage

/// A server that speaks MLflow's REST API, MLflow's own or ours.
package final class ServerSource: ExchangeSource {
  package let name: String
  package let readsPointsFast = false
  let server: MLflowServer
  let report: ExchangeReport
  private let roots: ArtifactRoots?

  static let api = "/api/2.0/mlflow/"

  /// - Parameter artifacts: folders of this machine that artifacts may be read from, when the server names paths.
  package init(_ server: MLflowServer, artifacts: [FilePath], report: ExchangeReport) throws {
    self.server = server
    self.report = report
    name = server.url
    roots = try artifacts.last.map {
      try ArtifactRoots(base: $0, more: Array(artifacts.dropLast()), report: report)
    }
  }

  /// All items of a listing that comes in pages.
  func pages(
    _ list: String, _ ask: (_ token: String?) throws -> JSONValue,
    _ body: (JSONValue) throws -> Void
  ) throws {
    var token: String?
    repeat {
      let answer = try ask(token)
      for item in answer[list]?.array ?? [] { try body(item) }
      let next = answer["next_page_token"]?.string?.nonEmpty
      guard next == nil || next != token else {
        throw Failure(.invalid, "`\(name)` answers the same page of `\(list)` again and again")
      }
      token = next
    } while token != nil
  }

  package func experiments() throws -> [ForeignExperiment] {
    var found: [ForeignExperiment] = []
    try pages("experiments") { token in
      var body: [JSONValue.Member] = [
        .init("max_results", 1000), .init("view_type", "ALL"),
        .init("order_by", ["creation_time ASC", "experiment_id ASC"]),
      ]
      if let token { body.append(.init("page_token", .string(token))) }
      return try server.post(Self.api + "experiments/search", .object(body))
    } _: { item in
      guard let id = item.text("experiment_id"), let name = item.text("name") else { return }
      found.append(
        ForeignExperiment(
          id: id,
          copy: ExperimentCopy(
            name: name, artifactLocation: item.text("artifact_location"),
            lifecycle: item.text("lifecycle_stage") == "deleted" ? .deleted : .active,
            created: item.whole("creation_time"), updated: item.whole("last_update_time"),
            tags: item.tags("tags"))))
    }
    return found
  }

  package func artifacts(of run: ForeignRun) throws -> (any ArtifactTree)? {
    try tree(run.copy.artifactURI ?? "", "run \(run.copy.id)")
  }

  package func artifacts(of model: ForeignModel) throws -> (any ArtifactTree)? {
    try tree(model.model.artifactURI, "model \(model.model.id)")
  }

  private func tree(_ uri: String, _ owner: String) throws -> (any ArtifactTree)? {
    switch ArtifactURI(uri) {
    case .remote: return nil
    case .proxied(let names): return ServerTree(server, names)
    case .path(let path):
      if let roots { return try roots.tree(at: uri, of: owner) }
      guard !path.isEmpty else { return nil }
      report.skip(
        Failure(
          .permission,
          "the artifacts of \(owner) are in `\(path)`, which `\(name)` does not hand out",
          hint: "where that folder can be read: bring them along with `--artifacts FOLDER`"))
      return nil
    }
  }
}

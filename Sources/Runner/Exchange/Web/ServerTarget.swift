import Formats
import Platform
import Records

/// A server that speaks MLflow's REST API, as what an export writes to.
///
/// The server gives runs and models ids of its own. The tag `reprise.id` keeps ours, and what carries it is found again; a
/// run gets its status last, so one that is still RUNNING there and not here was not finished.
package final class ServerTarget: ExchangeTarget {
  package let name: String
  let server: MLflowServer
  let report: ExchangeReport
  let isDry: Bool
  /// The experiments of the server by ours.
  private var experiments: [String: String] = [:]
  /// The runs of the server by ours, with where their artifacts are.
  var runs: [RunID: (id: String, artifacts: String)] = [:]
  /// The logged models of the server by ours.
  var models: [String: (id: String, artifacts: String)] = [:]
  /// Our ids of the models that the server did not have.
  var newModels: Set<String> = []
  /// What runs have to do with logged models, which are there after them, by the server's ids of the runs.
  var uses: [String: RunUses] = [:]
  /// Experiments and runs of the server's that are deleted once all is in them.
  private var toDelete: Set<String> = []
  /// Experiments of the server's that are deleted there, and have not been brought back.
  private var deleted: Set<String> = []
  var runsToDelete: [String] = []
  /// Ids of experiments whose runs were looked for.
  private var searched: Set<String> = []

  /// The tag that keeps our id of a run or a model.
  static let idTag = "reprise.id"

  package init(_ server: MLflowServer, isDry: Bool, report: ExchangeReport) throws {
    self.server = server
    self.isDry = isDry
    self.report = report
    name = server.url
  }

  func ask(_ path: String, _ body: JSONValue, method: String = "POST", mayRepeat: Bool = true)
    throws -> JSONValue
  {
    try server.post(ServerSource.api + path, body, method: method, mayRepeat: mayRepeat)
  }

  package func take(_ experiment: ForeignExperiment) throws -> Bool {
    let copy = experiment.copy
    do {
      let there = try server.get(
        ServerSource.api + "experiments/get-by-name", [("experiment_name", copy.name)])
      let found = there["experiment"] ?? .null
      let id = found.text("experiment_id") ?? ""
      experiments[experiment.id] = id
      if found.text("lifecycle_stage") == "deleted" { deleted.insert(id) }
      try findRuns(in: id)
      return false
    } catch let failure as Failure where failure.code == .notFound {
      if isDry { return true }
    }
    var body: [JSONValue.Member] = [
      .init("name", .string(copy.name)), .init("tags", .array(copy.tags.map(\.api))),
    ]
    if let location = copy.artifactLocation, case .remote = ArtifactURI(location) {
      body.append(.init("artifact_location", .string(location)))
    }
    let id = try ask("experiments/create", .object(body)).text("experiment_id") ?? ""
    experiments[experiment.id] = id
    if copy.lifecycle == .deleted { toDelete.insert(id) }
    return true
  }

  /// Remembers which of our runs are in an experiment of the server's.
  private func findRuns(in experiment: String) throws {
    guard searched.insert(experiment).inserted else { return }
    var token: String?
    repeat {
      var body: [JSONValue.Member] = [
        .init("experiment_ids", [.string(experiment)]), .init("run_view_type", "ALL"),
        .init("max_results", 1000),
        .init("filter", .string("tags.`\(Self.idTag)` LIKE '%'")),
      ]
      if let token { body.append(.init("page_token", .string(token))) }
      let page = try ask("runs/search", .object(body))
      for run in page["runs"]?.array ?? [] {
        let tags = run["data"]?.tags("tags") ?? []
        guard let info = run["info"], let id = info.text("run_id"),
          let ours = tags.first(where: { $0.key == Self.idTag }).flatMap({ RunID($0.value) })
        else { continue }
        runs[ours] = (id, info.text("artifact_uri") ?? "")
      }
      token = page.text("next_page_token")?.nonEmpty
    } while token != nil
  }

  func experiment(_ ours: String) -> String? { experiments[ours] }

  /// The experiment of the server's, to write to: one that is deleted there is brought back until the end.
  func opened(_ ours: String) throws -> String? {
    guard let id = experiments[ours] else { return nil }
    if deleted.remove(id) != nil {
      _ = try ask("experiments/restore", ["experiment_id": .string(id)])
      toDelete.insert(id)
    }
    return id
  }

  package func flush() throws {}

  /// Whether an experiment, and so all its runs, is deleted in the end.
  func isToDelete(_ ours: String) -> Bool {
    experiments[ours].map { toDelete.contains($0) } ?? false
  }

  /// Tells which models the runs read and made, and deletes what is deleted here.
  package func finish() throws {
    try sendUses()
    for id in runsToDelete { _ = try ask("runs/delete", ["run_id": .string(id)]) }
    runsToDelete = []
    for id in toDelete.sorted() {
      _ = try ask("experiments/delete", ["experiment_id": .string(id)])
    }
    toDelete = []
  }
}

extension Tag {
  var api: JSONValue { ["key": .string(key), "value": .string(value)] }
}

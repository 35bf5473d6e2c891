import Formats
import Platform
import Records
import SystemPackage

/// Does the operations of ``RecordsOperationsPeer`` on our store, through the doors of a server.
final class RecordsOperations {
  private let store: RecordStore
  private var runs: [String: RunID] = [:]
  private(set) var models: [String: String] = [:]

  init(in folder: FilePath) throws { store = try RecordStore(in: folder) }

  func answer(_ operation: JSONValue) async throws -> JSONValue {
    do {
      return ["ok": try await perform(operation)]
    } catch let refusal as RecordFailure {
      var message = refusal.message
      for (name, id) in runs.mapValues(\.hex).merging(models, uniquingKeysWith: { $1 }) {
        message = message.split(separator: id, omittingEmptySubsequences: false)
          .joined(separator: name)
      }
      return ["code": .string(refusal.code.rawValue), "message": .string(message)]
    }
  }

  private func perform(_ op: JSONValue) async throws -> JSONValue {
    let what = op["op"]?.string ?? ""
    if what.hasSuffix("experiment") || what.hasSuffix("experiment_tag") || what == "summaries"
      || what == "search_experiments"
    {
      return try await performOnExperiment(what, op)
    }
    switch what {
    case "create_run":
      let new = NewRun(
        experiment: try experiment(op["experiment"]), name: op["name"]?.string, user: "ada",
        startTime: 1000, tags: tags(op))
      let made = try await store.write { try $0.start(new) }
      runs[op["run"]?.string ?? ""] = made.id
      return pairs(made.tags.map { ($0.key, $0.value) })
    case "create_model":
      let name = op["model"]?.string ?? ""
      let new = NewLoggedModel(experiment: try experiment(op["experiment"]), name: name)
      models[name] = try await store.write { try $0.createLoggedModel(new).id }
      return .null
    case "get_model_metrics":
      let id = models[op["model"]?.string ?? ""] ?? ""
      let found = try await store.read { try $0.loggedModel(id).metrics }
      return sorted(
        found.map { metric in
          .array(
            shown(metric.metric) + [
              .string(metric.datasetName ?? ""), .string(metric.datasetDigest ?? ""),
              .string(label(metric.run)),
            ])
        })
    case "interval": return try await interval(op)
    default: return try await performOnRun(what, op)
    }
  }

  private func performOnExperiment(_ what: String, _ op: JSONValue) async throws -> JSONValue {
    let name = op["name"]?.string ?? ""
    let tags = tags(op)
    let tag = Tag(op["key"]?.string ?? "", op["value"]?.string ?? "")
    switch what {
    case "create_experiment":
      return .string(
        try await store.write { try $0.createExperiment(name, tags: tags) }.id.description)
    case "search_experiments": return try await searchExperiments(op)
    case "summaries":
      let ids = try (op["experiments"]?.array ?? []).map(experiment)
      let found = try await store.read { try $0.datasetSummaries(of: ids) }
      return sorted(
        found.map {
          [
            .string($0.experiment.description), .string($0.name), .string($0.digest),
            .string($0.context ?? ""),
          ]
        })
    default: break
    }
    let id = try experiment(op["id"])
    switch what {
    case "get_experiment":
      let found = try await store.read { try $0.experiment(id: id) }
      return [
        "id": .string(found.id.description), "name": .string(found.name),
        "stage": .string(found.lifecycle.rawValue),
        "tags": pairs(found.tags.map { ($0.key, $0.value) }),
      ]
    case "rename_experiment": try await store.write { try $0.renameExperiment(id, to: name) }
    case "delete_experiment": try await store.write { try $0.deleteExperiment(id) }
    case "restore_experiment": try await store.write { try $0.restoreExperiment(id) }
    case "set_experiment_tag": try await store.write { try $0.setExperimentTag(tag, of: id) }
    default: try await store.write { try $0.deleteExperimentTag(tag.key, of: id) }
    }
    return .null
  }

  private func searchExperiments(_ op: JSONValue) async throws -> JSONValue {
    let filter = op["filter"]?.string ?? ""
    var search = ExperimentSearch(
      view: LifecycleView(rawValue: op["view"]?.string ?? "") ?? .active,
      limit: Int(op["limit"]?.int ?? 1000))
    do {
      search.filter = try ExperimentFilter(parsing: filter)
    } catch { throw RecordFailure.filter(filter, error) }
    for order in op["order"]?.array?.compactMap(\.string) ?? [] {
      do { search.order.append(try ExperimentOrder(parsing: order)) } catch {
        throw RecordFailure.order(order, error)
      }
    }
    let found = try await store.read { [search] in try $0.search(search) }
    return .array(found.map { .string($0.id.description) })
  }

  private func performOnRun(_ what: String, _ op: JSONValue) async throws -> JSONValue {
    let run = try run(op["run"])
    let (key, value) = (op["key"]?.string ?? "", op["value"]?.string ?? "")
    switch what {
    case "get_run": return shown(try await store.read { try $0.run(run) })
    case "update_run":
      let (name, end) = (op["name"]?.string, op["end"]?.int)
      let status = op["status"]?.string.flatMap { RunStatus(rawValue: $0) }
      let new = try await store.write {
        try $0.update(run, status: status, endTime: end, name: name)
      }
      return [
        .string(new.name), .string(new.status.rawValue), new.endTime.map { .int($0) } ?? .null,
      ]
    case "delete_run": try await store.write { try $0.delete([run]) }
    case "restore_run": try await store.write { try $0.restore([run]) }
    case "log_metric":
      let (metric, link) = (metric(op["metric"]), link(op["link"]))
      try await store.write { try $0.log(metric, link: link, to: run) }
    case "log_param": try await store.write { try $0.log(Param(key, value), to: run) }
    case "set_tag": try await store.write { try $0.set(Tag(key, value), of: run) }
    case "delete_tag": try await store.write { try $0.deleteTag(key, of: run) }
    case "log_batch": try await logBatch(op, run)
    case "log_inputs":
      let datasets = op["datasets"]?.array?.map(dataset) ?? []
      let models = op["models"]?.array?.compactMap { self.models[$0.string ?? ""] } ?? []
      try await store.write { store in
        try store.log(datasets: datasets, to: run)
        try store.log(modelInputs: models, to: run)
      }
    case "log_outputs":
      let uses = op["models"]?.array?.map {
        ModelUse(
          model: models[$0.array?[0].string ?? ""] ?? "", step: $0.array?[1].int ?? 0)
      }
      try await store.write { try $0.log(modelOutputs: uses ?? [], to: run) }
    case "history":
      let limit = op["limit"]?.int.map { Int($0) }
      let page = try await store.read {
        try $0.historyPage(of: key, in: run, limit: limit.map { $0 + 1 })
      }
      let hasMore = limit.map { page.count > $0 } ?? false
      return [
        .array(page.prefix(limit ?? .max).map { .array(shown($0)) }), .bool(hasMore),
      ]
    default: throw Failure(.bug, "no operation `\(what)`")
    }
    return .null
  }

  private func logBatch(_ op: JSONValue, _ run: RunID) async throws {
    let metrics = op["metrics"]?.array?.map { metric($0) } ?? []
    let params = texts(op["params"]).map { Param($0.0, $0.1) }
    let tags = tags(op)
    let links = (op["links"]?.array ?? []).enumerated().compactMap { index, value in
      link(value).map { (index, $0) }
    }
    try LogRules.checkBatch(metrics: metrics.count, params: params.count, tags: tags.count)
    try await store.write {
      try $0.log(
        metrics: metrics, params: params, tags: tags,
        links: Dictionary(links, uniquingKeysWith: { $1 }), to: run)
    }
  }

  private func interval(_ op: JSONValue) async throws -> JSONValue {
    let (key, limit) = (op["key"]?.string ?? "", Int(op["limit"]?.int ?? 0))
    let steps = (op["start"]?.int ?? .min)...(op["end"]?.int ?? .max)
    var found: [JSONValue] = []
    for name in op["runs"]?.array ?? [] {
      let id = try run(name)
      let points = try await store.read {
        try $0.sampledHistory(of: key, in: id, limit: limit, steps: steps)
      }
      found += points.map { .array([name] + shown($0)) }
    }
    return .array(found)
  }

  private func experiment(_ value: JSONValue?) throws -> ExperimentID {
    let text = value?.string ?? ""
    guard let id = ExperimentID(text) else { throw RecordFailure.invalidExperimentID(text) }
    return id
  }

  private func run(_ value: JSONValue?) throws -> RunID {
    let name = value?.string ?? ""
    guard let id = runs[name] ?? RunID(name) else { throw RecordFailure.noRun(name) }
    return id
  }

  func label(_ id: String) -> String {
    runs.first { $0.value.hex == id }?.key ?? models.first { $0.value == id }?.key ?? id
  }
}

import Formats
import Platform
import Records

extension ServerSource {
  package func eachModel(
    of experiment: ForeignExperiment, _ body: (ForeignModel) throws -> Void
  ) throws {
    do {
      try pages("models") { token in
        var request: [JSONValue.Member] = [
          .init("experiment_ids", [.string(experiment.id)]), .init("max_results", 50),
        ]
        if let token { request.append(.init("page_token", .string(token))) }
        return try server.post(Self.api + "logged-models/search", .object(request))
      } _: { item in
        if let model = Self.model(item, experiment) { try body(model) }
      }
    } catch let failure as Failure where failure.code == .notFound {
      // MLflow 2 knows none.
    }
  }

  private static func model(_ item: JSONValue, _ experiment: ForeignExperiment) -> ForeignModel? {
    guard let info = item["info"], let id = info.text("model_id") else { return nil }
    let status = LoggedModelStatus.allCases.first { $0.apiName == info.text("status") }
    let data = item["data"] ?? .null
    return ForeignModel(
      experiment: experiment.id,
      model: LoggedModel(
        id: id, experiment: .defaultExperiment, name: info.text("name") ?? "",
        created: info.whole("creation_timestamp_ms") ?? 0,
        updated: info.whole("last_updated_timestamp_ms") ?? 0, status: status ?? .unspecified,
        statusMessage: info.text("status_message"), artifactURI: info.text("artifact_uri") ?? "",
        modelType: info.text("model_type"), sourceRun: info.text("source_run_id"),
        tags: info.tags("tags"), params: data.params("params"),
        metrics: (data["metrics"]?.array ?? []).compactMap { item in
          item.point.map {
            LoggedModelMetric(
              metric: $0, run: item.text("run_id") ?? "", datasetName: item.text("dataset_name"),
              datasetDigest: item.text("dataset_digest"))
          }
        }))
  }

  package func eachRegisteredModel(_ body: (ForeignRegisteredModel) throws -> Void) throws {
    // Prompts, which a search without a filter may leave out, are models too.
    for filter in ["", "tag.`\(Tag.isPrompt)` = 'true'"] {
      try pages("registered_models") { token in
        var fields = [("max_results", "100")]
        if !filter.isEmpty { fields.append(("filter", filter)) }
        if let token { fields.append(("page_token", token)) }
        return try server.get(Self.api + "registered-models/search", fields)
      } _: { item in
        guard let model = Self.registered(item), filter.isEmpty != model.isPrompt else { return }
        let versions = try versions(of: model.name)
        try body(
          ForeignRegisteredModel(
            model: model, versions: versions, lastVersion: versions.last?.number ?? 0))
      }
    }
  }

  private static func registered(_ item: JSONValue) -> RegisteredModel? {
    guard let name = item.text("name") else { return nil }
    return RegisteredModel(
      name: name, created: item.whole("creation_timestamp") ?? 0,
      updated: item.whole("last_updated_timestamp") ?? 0, description: item.text("description"),
      tags: item.tags("tags"),
      aliases: (item["aliases"]?.array ?? []).compactMap { alias in
        guard let name = alias.text("alias"), let version = alias.whole("version") else {
          return nil
        }
        return ModelAlias(name: name, version: version)
      })
  }

  private func versions(of model: String) throws -> [ModelVersion] {
    // No quote can be written inside of quotes in MLflow's filters; there are two kinds.
    let quote = model.contains("'") ? "\"" : "'"
    var found: [ModelVersion] = []
    try pages("model_versions") { token in
      var fields = [("filter", "name = \(quote)\(model)\(quote)"), ("max_results", "1000")]
      if let token { fields.append(("page_token", token)) }
      return try server.get(Self.api + "model-versions/search", fields)
    } _: { item in
      guard let number = item.whole("version"), item.text("name") == model else { return }
      let source = item.text("source") ?? ""
      found.append(
        ModelVersion(
          model: model, number: number, created: item.whole("creation_timestamp") ?? 0,
          updated: item.whole("last_updated_timestamp") ?? 0,
          description: item.text("description"), user: item.text("user_id"),
          stage: ForeignStage.stage(item.text("current_stage") ?? "None"), source: source,
          runID: item.text("run_id"), runLink: item.text("run_link"),
          loggedModel: item.text("model_id")?.nonEmpty ?? ForeignStage.loggedModel(source),
          tags: item.tags("tags")))
    }
    for index in found.indices where found[index].source.hasPrefix("models:/") {
      let answer = try server.get(
        Self.api + "model-versions/get-download-uri",
        [("name", model), ("version", String(found[index].number))])
      found[index].storage = answer.text("artifact_uri")
    }
    return found.sorted { $0.number < $1.number }
  }
}

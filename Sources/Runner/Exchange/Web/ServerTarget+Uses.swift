import Formats
import Platform
import Records

extension ServerTarget {
  /// Tells the server which models the runs read and made; not before the models are there, and while no run is deleted.
  func sendUses() throws {
    for (run, use) in uses.sorted(by: { $0.key < $1.key }) {
      let inputs = use.inputs.compactMap { models[$0]?.id }.filter { !use.knownInputs.contains($0) }
      if !inputs.isEmpty {
        _ = try opened(use.experiment)
        let read = inputs.map { JSONValue.object([.init("model_id", .string($0))]) }
        _ = try ask("runs/log-inputs", ["run_id": .string(run), "models": .array(read)])
      }
      let outputs = use.outputs.compactMap { output in
        models[output.model].map { ModelUse(model: $0.id, step: output.step) }
      }.filter { !use.knownOutputs.contains($0.model) }
      if !outputs.isEmpty {
        _ = try opened(use.experiment)
        let made = outputs.map {
          JSONValue.object([.init("model_id", .string($0.model)), .init("step", .int($0.step))])
        }
        _ = try ask("runs/outputs", ["run_id": .string(run), "models": .array(made)])
      }
    }
    uses = [:]
  }

  /// What was measured of a model, by the runs that measured it.
  ///
  /// - Parameter known: how many of them the server has.
  func sendMetrics(of model: LoggedModel, to there: String, known: Int) throws {
    guard known < model.metrics.count else { return }
    var points: [String: [JSONValue]] = [:]
    for metric in model.metrics {
      guard let run = RunID(metric.run).flatMap({ runs[$0]?.id }) else { continue }
      var point = metric.metric.api.members ?? []
      point.append(.init("model_id", .string(there)))
      if let name = metric.datasetName { point.append(.init("dataset_name", .string(name))) }
      if let digest = metric.datasetDigest {
        point.append(.init("dataset_digest", .string(digest)))
      }
      points[run, default: []].append(.object(point))
    }
    for (run, points) in points.sorted(by: { $0.key < $1.key }) {
      try log("metrics", points, 1000, to: run)
    }
  }
}

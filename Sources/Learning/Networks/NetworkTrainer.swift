import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// `trainer: mlp` and `trainer: cnn`: networks of layers that learn from batches.
package struct NetworkTrainer: Trainer {
  package let kind: Kind
  package let parameters =
    NetworkParameters.data + NetworkOptions.parameters
    + NetworkParameters.table + TableOptions.encodingParameters
  package let settings = [LayerList.key]
  package let modelEndings = ["onnx", "safetensors"]

  /// What a network looks like unless `layers` says otherwise.
  package enum Kind: String, Sendable {
    case perceptron = "mlp"
    case convolutional = "cnn"
  }

  package var name: String { kind.rawValue }

  package var summary: String {
    switch kind {
    case .perceptron: "multilayer perceptron, of tables and images (`layers: [128, relu, …]`)"
    case .convolutional: "convolutional network, of images (`layers: [32c3, relu, pool, …]`)"
    }
  }

  package init(_ kind: Kind) { self.kind = kind }

  package func check(_ settings: [Setting]) throws {
    for setting in settings where setting.name == LayerList.key { _ = try LayerList(setting) }
  }

  package func train(
    _ job: TrainingJob, reporting observer: any TrainingObserver
  ) async throws -> TrainingResult {
    var clock = PhaseClock()
    let options = try NetworkOptions(job)
    observer.progress(TrainingProgress("reading"))
    let data = try NetworkDataReader(job: job, kind: kind).read()
    data.notes.forEach(observer.note)
    try await job.pause()
    clock.finish("read")

    let session = try NetworkSession(data, options, job, kind: kind)
    if let checkpoint = job.text("resume") {
      try session.resume(from: FileSystem.absolute(FilePath(checkpoint), in: job.folder))
    }
    clock.finish("construct")
    let ending = try await session.run(job, reporting: observer)
    clock.finish("train")

    let model = session.model
    let report = NetworkReport(session, model)
    for (name, value) in report.metrics {
      observer.metric(name, value, step: Int64(session.descent.step))
    }
    try report.pictures(in: job.output, observer)
    let models = try model.write(below: job.output)
    clock.finish("evaluate")
    return TrainingResult(
      ending: ending, models: models, metrics: report.metrics, data: data.facts,
      details: report.details, timings: clock.timings)
  }
}

import Compute
import Formats
import Platform
import SystemPackage

extension NetworkSession {
  /// What a training must have in common with the one that it goes on with. The number of epochs may be another, so that one that
  /// has ended can be made longer.
  var identity: JSONValue {
    .object([
      .init("kind", .string(kind.rawValue)),
      .init("input", .string(data.input.shape.description)),
      .init("layers", .array(plans.map(\.json))),
      .init("samples", .int(Int64(data.train.samples.count))),
      .init("batch_size", .int(Int64(options.batchSize))),
      .init("seed", .string(String(options.seed))),
      .init("optimizer", .string("\(options.optimizer)")),
    ])
  }

  func checkpoint(_ job: TrainingJob, _ observer: any TrainingObserver) throws {
    let name = "step-\(descent.step).safetensors"
    let file = job.output.appending(name)
    try FileSystem.write(NetworkCheckpoint(self).file.encoded, to: file)
    observer.artifact(file, as: "checkpoints/\(name)")
    try FileSystem.remove(file)
  }

  /// - Throws: ``Failure`` for a checkpoint of another training.
  func resume(from path: FilePath) throws {
    let checkpoint = try NetworkCheckpoint(path)
    for member in identity.members ?? [] where checkpoint.identity[member.key] != member.value {
      let other = checkpoint.identity[member.key]?.text() ?? "nothing"
      throw Failure(
        .conflict,
        "`\(path)` is a checkpoint of another training: its `\(member.key)` is \(other), and here it is \(member.value.text())",
        hint: "give the parameters of the run that wrote it")
    }
    do {
      try network.take(checkpoint.tensors)
      try network.take(checkpoint.first, into: \.first)
      try network.take(checkpoint.second, into: \.second)
    } catch {
      throw Failure(.corrupt, "`\(path)` is no checkpoint that can be used: \(error.message)")
    }
    progress = checkpoint.progress
    best = checkpoint.best
    descent.step = checkpoint.step
    descent.powers = checkpoint.powers
    guard progress.place <= data.train.samples.count else {
      throw Failure(.corrupt, "`\(path)` is no checkpoint that can be used: it is beyond its epoch")
    }
  }
}

import Compute
import Formats
import Platform
import SystemPackage

/// A training in the middle: weights, what the optimiser keeps of each, and where it is. Who goes on from it comes to the same bytes
/// as who was never interrupted.
///
/// A safetensors file: the network's tensors under PyTorch's names, the optimiser's as `optimizer.first.NAME` and
/// `optimizer.second.NAME`, the best weights as `best.NAME`, and the rest as JSON in the metadata `reprise.training`.
struct NetworkCheckpoint {
  static let key = "reprise.training"

  var tensors: [NetworkTensor]
  var first: [NetworkTensor]
  var second: [NetworkTensor]
  var best: [NetworkTensor]?
  var progress: NetworkProgress
  var step: Int
  var powers: Optimizer.Powers
  /// Of what it was trained with: layers, input, seed, sizes; it goes on with the same only.
  var identity: JSONValue

  var file: SafetensorsFile {
    let all =
      tensors + first.map { named("optimizer.first.", $0) }
      + second.map { named("optimizer.second.", $0) } + (best ?? []).map { named("best.", $0) }
    return SafetensorsFile(
      all.map { SafetensorsTensor($0.name, shape: $0.shape, floats: $0.values) },
      metadata: [.init("format", "pt"), .init(Self.key, json.text())])
  }

  private func named(_ prefix: String, _ tensor: NetworkTensor) -> NetworkTensor {
    NetworkTensor(prefix + tensor.name, tensor.shape, tensor.values)
  }

  /// Doubles as their bits: every one comes back as it was.
  private static func bits(_ value: Double) -> JSONValue {
    .string(String(value.bitPattern, radix: 16))
  }

  private var json: JSONValue {
    .object([
      .init("identity", identity),
      .init("step", .int(Int64(step))),
      .init("epoch", .int(Int64(progress.epoch))),
      .init("place", .int(Int64(progress.place))),
      .init("loss_sum", Self.bits(progress.lossSum)),
      .init("correct", .int(Int64(progress.correct))),
      .init("recent_loss", Self.bits(progress.recentLoss)),
      .init("recent_correct", .int(Int64(progress.recentCorrect))),
      .init("recent_samples", .int(Int64(progress.recentSamples))),
      .init("best_loss", Self.bits(progress.bestLoss)),
      .init("best_epoch", .int(Int64(progress.bestEpoch))),
      .init("mean_power", Self.bits(powers.mean)),
      .init("square_power", Self.bits(powers.square)),
    ])
  }

  // MARK: - Reading

  /// - Throws: ``Failure`` for what is no checkpoint of ours.
  init(_ path: FilePath) throws {
    let bytes = try FileSystem.read(path, limit: 8 << 30)
    let file: SafetensorsFile
    do throws(ParseFailure) {
      file = try SafetensorsFile(parsing: bytes)
    } catch {
      throw error.failure(in: path.string)
    }
    guard let text = file.metadata(Self.key), let json = try? JSONValue(parsing: text) else {
      throw Failure(
        .invalid, "`\(path)` is no checkpoint of a training",
        hint: "checkpoints are below `checkpoints/` of a run's artifacts")
    }
    func whole(_ key: String) throws -> Int {
      guard let value = json[key]?.int.flatMap({ Int(exactly: $0) }), value >= 0, value < 1 << 48
      else { throw Self.broken(path, key) }
      return value
    }
    func bits(_ key: String) throws -> Double {
      guard let value = json[key]?.string.flatMap({ UInt64($0, radix: 16) }) else {
        throw Self.broken(path, key)
      }
      return Double(bitPattern: value)
    }
    step = try whole("step")
    progress = NetworkProgress(
      epoch: try whole("epoch"), place: try whole("place"), lossSum: try bits("loss_sum"),
      correct: try whole("correct"), recentLoss: try bits("recent_loss"),
      recentCorrect: try whole("recent_correct"), recentSamples: try whole("recent_samples"),
      bestLoss: try bits("best_loss"), bestEpoch: try whole("best_epoch"))
    powers = Optimizer.Powers(mean: try bits("mean_power"), square: try bits("square_power"))
    identity = json["identity"] ?? .null
    func part(_ prefix: String) throws -> [NetworkTensor] {
      try file.tensors.filter { $0.name.hasPrefix(prefix) }.map { tensor in
        guard let floats = tensor.floats else { throw Self.broken(path, tensor.name) }
        return NetworkTensor(
          String(tensor.name.dropFirst(prefix.count)), tensor.shape, floats)
      }
    }
    first = try part("optimizer.first.")
    second = try part("optimizer.second.")
    let kept = try part("best.")
    best = kept.isEmpty ? nil : kept
    tensors = try part("").filter {
      !$0.name.hasPrefix("optimizer.") && !$0.name.hasPrefix("best.")
    }
  }

  private static func broken(_ path: FilePath, _ key: String) -> Failure {
    Failure(
      .corrupt, "`\(path)` is no checkpoint that can be used: its `\(key)` is not as it is written")
  }

  init(_ session: NetworkSession) {
    let network = session.network
    tensors = network.tensors
    first = network.optimizerTensors(\.first)
    second = network.optimizerTensors(\.second)
    best = session.best
    progress = session.progress
    step = session.descent.step
    powers = session.descent.powers
    identity = session.identity
  }
}

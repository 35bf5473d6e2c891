import Platform
import SystemPackage

/// Models that a training made, written where a person wants them, in the format that the file's name asks for.
package enum ModelExport {
  /// Looks whether a trainer's model can be written to a file, before hours are spent on it.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for another ending, `.conflict` for a folder.
  package static func check(_ path: FilePath, of trainer: any Trainer) throws {
    let endings = trainer.modelEndings
    guard let ending = path.extension?.lowercased(), endings.contains(ending) else {
      throw Failure(
        .unsupported, "a model of `\(trainer.name)` cannot be written to `\(path)`",
        hint: "end the name in \(endings.map { ".\($0)" }.joined(separator: ", "))")
    }
    guard !FileSystem.isDirectory(path) else {
      throw Failure(.conflict, "`\(path)` is a folder", hint: "name a file in it")
    }
  }

  /// Writes the model of a file to another one, whole or not at all; folders above it are made.
  package static func write(_ model: FilePath, to path: FilePath) throws {
    try FileSystem.createDirectory(path.removingLastComponent())
    if model.extension?.lowercased() == path.extension?.lowercased() {
      try FileSystem.write(FileSystem.read(model), to: path)
    } else {
      try FileSystem.write(
        bytes(of: ModelFile.read(model), as: ModelFormat(named: path)), to: path)
    }
  }

  /// A model in a format of others.
  ///
  /// - Throws: ``Failure`` for models that the format cannot hold.
  package static func bytes(of model: any Model, as format: ModelFormat) throws -> [UInt8] {
    switch model {
    case let trees as BoostedTableModel: return try trees.model.encoded(as: format)
    case let network as NetworkModel where format == .safetensors: return network.safetensors()
    case let own as any ONNXConvertible where format == .onnx:
      return try own.onnx(layout: .matrix)
    default:
      throw Failure(
        .unsupported, "a model of the kind `\(model.kind)` cannot be written as \(format.rawValue)",
        hint:
          "linear models, forests and networks become .onnx, or a folder of MLflow's with `--to mlflow`"
      )
    }
  }
}

import Formats
import Platform
import SystemPackage

extension NetworkModel {
  /// Writes the model as `model.safetensors`.
  func write(below folder: FilePath) throws -> [TrainingResult.ModelFile] {
    let path = folder.appending("model.safetensors")
    let file = SafetensorsFile(
      tensors.map { SafetensorsTensor($0.name, shape: $0.shape, floats: $0.values) },
      metadata: [.init("format", "pt")])
    try FileSystem.write(file.encoded, to: path)
    return [.init(path: path, format: "safetensors")]
  }
}

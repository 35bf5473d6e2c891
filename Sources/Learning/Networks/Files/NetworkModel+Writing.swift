import Platform
import SystemPackage

extension NetworkModel {
  /// Writes `model.onnx`, which everybody runs, and `model.safetensors`, the weights for whoever wants to go on with them.
  func write(below folder: FilePath) throws -> [TrainingResult.ModelFile] {
    let (graph, weights) = (
      folder.appending("model.onnx"), folder.appending("model.safetensors")
    )
    try FileSystem.write(onnx(), to: graph)
    try FileSystem.write(safetensors(), to: weights)
    return [
      .init(path: graph, format: ModelFormat.onnx.rawValue),
      .init(path: weights, format: "safetensors"),
    ]
  }
}

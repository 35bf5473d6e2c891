extension FuzzTarget {
  /// What the program of this folder tries.
  static let all: [FuzzTarget] = [
    .yaml, .manifest, .pythonFormat, .dotenv, .json, .zipArchive, .csv, .csvStream, .jsonLines,
    .numpy, .parquet, .sqlite, .ubjson, .boosted, .boostedUBJSON, .onnx, .logistic,
    .safetensors, .onnxNetwork, .safetensorsNetwork,
  ]
}

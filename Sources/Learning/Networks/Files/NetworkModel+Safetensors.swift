import Formats
import Platform

extension NetworkModel {
  /// The network as a safetensors file: weights under the names of PyTorch's `Sequential`, so that its `load_state_dict` takes them,
  /// and everything else as metadata.
  package func safetensors() -> [UInt8] {
    SafetensorsFile(
      tensors.map { SafetensorsTensor($0.name, shape: $0.shape, floats: $0.values) },
      metadata: [
        SafetensorsFile.Entry("format", "pt"), SafetensorsFile.Entry(Self.metadataKey, json.text()),
      ]
    ).encoded
  }

  /// Reads a network that ``safetensors()`` wrote, or one that PyTorch wrote anew with its metadata.
  ///
  /// - Throws: ``ParseFailure`` for bytes that are no safetensors file, ``Failure`` for one that is no network of ours.
  package init(safetensors bytes: [UInt8]) throws {
    let file = try SafetensorsFile(parsing: bytes)
    guard let text = file.metadata(Self.metadataKey) else {
      throw Failure(
        .unsupported, "nothing in it says which layers its weights belong to",
        hint: "save the model as ONNX, whose files have the layers too")
    }
    try self.init(metadata: text, tensors: Self.weights(file))
    // The order of the layers, whatever the file's is.
    let wanted = try tensorNames()
    tensors.sort { (wanted[$0.name] ?? 0) < (wanted[$1.name] ?? 0) }
  }

  /// Weights of a file as floats, without what PyTorch counts for itself.
  ///
  /// - Throws: ``Failure`` for weights that are no floats.
  static func weights(_ file: SafetensorsFile) throws -> [NetworkTensor] {
    try file.tensors.compactMap { tensor in
      if tensor.type == .int64, tensor.name.hasSuffix(".num_batches_tracked") { return nil }
      guard let values = tensor.floats else {
        throw Failure(
          .unsupported, "its tensor `\(tensor.name)` is of the type \(tensor.type.rawValue)",
          hint: "weights can be read from F32, F16, BF16 and F64")
      }
      return NetworkTensor(tensor.name, tensor.shape, values)
    }
  }

  /// The place of each tensor among those of ``Network/tensors``.
  private func tensorNames() throws -> [String: Int] {
    let shapes = try LayerPlan.tensorShapes(plans, from: input.shape)
    return Dictionary(
      shapes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

import Formats
import Platform

/// ONNX files that can be read: trees, networks, and the linear models that reprise writes.
enum ONNXFile {
  /// - Throws: ``ParseFailure`` for bytes that are no ONNX, ``Failure`` for models that are of
  ///   another kind.
  static func model(_ bytes: [UInt8]) throws -> any Model {
    let file = try parse(bytes)
    if let text = file.metadata(LogisticModel.metadataKey) {
      if let json = try? JSONValue(parsing: text), json["kind"]?.string == LinearModel.kind {
        return try LinearModel(file, json: json)
      }
      return try LogisticModel(file, json: text)
    }
    if let text = file.metadata(NetworkModel.metadataKey) {
      return try NetworkModel(file, metadata: text)
    }
    if NetworkGraphReader.isLikely(file.graph) {
      var reader = try NetworkGraphReader(file.graph)
      return try reader.model()
    }
    return BoostedTableModel(try BoostedModelGraphReader(file).model())
  }

  static func boosted(_ bytes: [UInt8]) throws -> BoostedModel {
    try BoostedModelGraphReader(parse(bytes)).model()
  }

  private static func parse(_ bytes: [UInt8]) throws -> ONNXModel {
    let file = try ONNXModel(parsing: bytes)
    guard (3...64).contains(file.irVersion) else {
      throw Failure(.unsupported, "its format is of version \(file.irVersion)")
    }
    if let learning = file.operators.first(where: { $0.domain == ONNXModel.learning }),
      learning.version > 4
    {
      throw Failure(
        .unsupported, "its trees are of version \(learning.version) of \(ONNXModel.learning)",
        hint: "export it for version 3, which every runtime reads")
    }
    return file
  }
}

import Formats

extension BoostedModel {
  /// The model as an ONNX file of opset 13 and ai.onnx.ml 3, deterministic to the byte.
  ///
  /// Cells are floats there, and so are thresholds and leaves: predictions differ from ours by
  /// roundings only, except for rows of doubles that lie within a rounding of a threshold.
  ///
  /// - Throws: ``Failure`` for what ONNX cannot hold.
  package func onnx(layout: ONNXLayout = .matrix) throws -> [UInt8] {
    try BoostedModelGraph(self, layout: layout).file().encoded
  }
}

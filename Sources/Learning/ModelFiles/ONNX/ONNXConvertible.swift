import Formats

/// A model, other than a boosted one, that ONNX has operators for.
protocol ONNXConvertible: Model {
  /// What 0, 1, … stand for; empty when numbers are predicted.
  var classes: [String] { get }
  /// The type of its cells and answers there: floats for trees, doubles for linear models.
  static var cells: ONNXType { get }

  /// The model as an ONNX file, deterministic to the byte: `label` and `probabilities` where it tells
  /// classes apart, otherwise `prediction`.
  ///
  /// - Throws: ``Failure`` for columns that cannot be inputs and numbers that ONNX cannot hold.
  func onnx(layout: ONNXLayout) throws -> [UInt8]
}

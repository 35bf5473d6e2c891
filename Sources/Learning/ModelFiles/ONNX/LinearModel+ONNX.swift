import Compute
import Formats
import Platform

extension LinearModel: ONNXConvertible {
  static var cells: ONNXType { .double }
  package var classes: [String] { [] }

  /// The model as an ONNX file: `prediction`, in doubles throughout.
  ///
  /// - Throws: ``Failure`` for columns that cannot be inputs.
  package func onnx(layout: ONNXLayout = .matrix) throws -> [UInt8] {
    try onnxFile(layout: layout).encoded
  }

  private func onnxFile(layout: ONNXLayout) throws -> ONNXModel {
    var columns = try EncodedColumnsGraph(encoder, layout: layout)
    var weights = Matrix(rows: 1, columns: coefficients.count + 1)
    weights.elements = coefficients + [intercept]
    let prediction = columns.addScores(weights, as: "prediction")
    var file = ONNXModel(
      columns.graph(
        named: "linear", [ONNXValueInfo(prediction, .double, [.named("rows"), .size(1)])]))
    file.metadata = [ONNXModel.Entry(LogisticModel.metadataKey, json.text())]
    return file
  }

  /// Reads a model that ``onnx(layout:)`` wrote; as ``LogisticModel/init(_:json:)`` does.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for a graph that somebody changed.
  init(_ file: ONNXModel, json: JSONValue) throws {
    do {
      self = try ModelDecoder(root: json).linear()
    } catch let problem as ModelDecoder.Problem {
      throw Failure(problem.code, problem.message, hint: problem.hint)
    }
    let isOurs = [ONNXLayout.matrix, .columns].contains { layout in
      (try? onnxFile(layout: layout).graph) == file.graph
    }
    guard isOurs else { throw Failure.changedGraph }
  }
}

import Formats
import Platform

extension LogisticModel: ONNXConvertible {
  static var cells: ONNXType { .double }

  /// Among an ONNX model's metadata: one of our own models as its JSON.
  static let metadataKey = "reprise.linear"

  /// The model as an ONNX file: `label` and `probabilities`, in doubles throughout.
  ///
  /// - Throws: ``Failure`` for columns that cannot be inputs.
  package func onnx(layout: ONNXLayout = .matrix) throws -> [UInt8] {
    try onnxFile(layout: layout).encoded
  }

  private func onnxFile(layout: ONNXLayout) throws -> ONNXModel {
    var columns = try EncodedColumnsGraph(encoder, layout: layout)
    let (label, probabilities) = (
      columns.names.fresh("label"), columns.names.fresh("probabilities")
    )
    let scores = columns.addScores(weights)
    if classes.count == 2 {
      let others = columns.step("Neg", [scores], "others")
      let both = columns.step("Concat", [others, scores], "both", [ONNXAttribute("axis", .int(1))])
      columns.append([ONNXNode("Sigmoid", name: "answer", from: [both], to: [probabilities])])
    } else {
      columns.append([
        ONNXNode(
          "Softmax", name: "answer", from: [scores], to: [probabilities],
          [ONNXAttribute("axis", .int(1))])
      ])
    }
    let names = ONNXClassNames(classes)
    let place = columns.names.fresh("place")
    columns.append(names.picking(from: probabilities, to: label, through: place))
    var file = ONNXModel(
      columns.graph(
        named: "linear",
        [
          ONNXValueInfo(label, names.type, [.named("rows")]),
          ONNXValueInfo(probabilities, .double, [.named("rows"), .size(Int64(classes.count))]),
        ]))
    file.metadata = [ONNXModel.Entry(Self.metadataKey, json.text())]
    return file
  }

  /// Reads a model that ``onnx(layout:)`` wrote: the metadata says what it is, and is believed when
  /// the graph is the one that such a model has.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for a graph that somebody changed.
  init(_ file: ONNXModel, json text: String) throws {
    guard let json = try? JSONValue(parsing: text) else {
      throw Failure(.corrupt, "its note `\(Self.metadataKey)` is not as reprise writes it")
    }
    self = try LogisticModel(json: json)
    let isOurs = [ONNXLayout.matrix, .columns].contains { layout in
      (try? onnxFile(layout: layout).graph) == file.graph
    }
    guard isOurs else { throw Failure.changedGraph }
  }
}

extension Failure {
  /// For a file whose metadata is one of our linear models, and whose graph is not.
  static var changedGraph: Failure {
    Failure(
      .unsupported,
      "its graph is not the one that its note `\(LogisticModel.metadataKey)` describes",
      hint: "convert the model anew, or run the graph with onnxruntime")
  }
}

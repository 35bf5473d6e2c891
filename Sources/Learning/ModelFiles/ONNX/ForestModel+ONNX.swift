import Formats
import Platform

extension ForestModel: ONNXConvertible {
  static var cells: ONNXType { .float }

  /// The forest as an ONNX file: each leaf has a weight for each of its classes, or its number,
  /// divided by the number of trees.
  ///
  /// Cells are floats there, and so are thresholds and leaves: predictions differ from ours by
  /// roundings only, except for rows of doubles that lie within a rounding of a threshold.
  ///
  /// - Throws: ``Failure`` for columns that cannot be inputs, and leaves that no float can hold.
  package func onnx(layout: ONNXLayout = .matrix) throws -> [UInt8] {
    var inputs = try ONNXInputs(
      forest.features.map { feature in
        let names = feature.kind == .categorical ? feature.categories : []
        return ONNXInputs.Column(
          feature.name,
          codes: names.isEmpty ? nil : names.enumerated().map { ($1, Float($0)) })
      }, layout: layout)
    var trees = TreeEnsembleGraph()
    for (number, tree) in forest.trees.enumerated() {
      try trees.add(tree, number: number, of: forest)
    }
    try trees.checkFeatures()
    inputs.recode(trees.categorical)
    var graph = ONNXGraph(name: "forest")
    graph.inputs = inputs.infos
    graph.nodes = inputs.nodes
    graph.initializers = inputs.initializers
    if classes.isEmpty {
      let answer = inputs.names.fresh("prediction")
      graph.nodes.append(trees.regressor(from: inputs.matrix, to: answer, base: [0]))
      graph.outputs = [ONNXValueInfo(answer, .float, [.named("rows"), .size(1)])]
    } else {
      addClasses(trees, from: inputs.matrix, &inputs.names, to: &graph)
    }
    var file = ONNXModel(graph)
    file.metadata = metadata
    return file.encoded
  }

  private func addClasses(
    _ trees: TreeEnsembleGraph, from input: String, _ names: inout ONNXNames,
    to graph: inout ONNXGraph
  ) {
    let (label, probabilities) = (names.fresh("label"), names.fresh("probabilities"))
    // With two classes onnxruntime's own label looks at the second one's score only.
    let (own, place) = (names.fresh("first_label"), names.fresh("place"))
    let labels = ONNXClassNames(classes)
    graph.nodes.append(
      trees.classifier(
        from: input, to: [own, probabilities], labels, base: [], transform: "NONE"))
    graph.nodes += labels.picking(from: probabilities, to: label, through: place)
    graph.outputs = [
      ONNXValueInfo(label, labels.type, [.named("rows")]),
      ONNXValueInfo(probabilities, .float, [.named("rows"), .size(Int64(classes.count))]),
    ]
  }

  /// Names and columns: what the graph has no place for.
  private var metadata: [ONNXModel.Entry] {
    var supplement = ModelSupplement()
    supplement.classes = classes
    supplement.features = forest.features
    supplement.attributes = [BoostedTableModel.targetAttribute: target]
    return [ONNXModel.Entry(ModelSupplement.attribute, supplement.text ?? "{}")]
  }
}

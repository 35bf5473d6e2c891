import Compute
import Formats
import Platform

extension NetworkModel: ONNXConvertible {
  static var cells: ONNXType { .double }

  /// The network as an ONNX file: `label` and `probabilities` where it tells classes apart, otherwise `prediction`.
  ///
  /// Rows come as other models of ours take them, in doubles, and answers go out in doubles. Images come as `image`, (N, channels,
  /// height, width), floats from 0 to 1, as torchvision's `ToTensor` makes them; means and deviations are the graph's business.
  ///
  /// - Throws: ``Failure`` for columns that cannot be inputs, and for layers that ONNX would understand otherwise.
  package func onnx(layout: ONNXLayout = .matrix) throws -> [UInt8] {
    try onnxFile(layout: layout).encoded
  }

  /// Reads a network that ``onnx(layout:)`` wrote: the metadata says what it is, and is believed when the graph is the one that such
  /// a network with the file's weights has.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for a graph that somebody changed.
  init(_ file: ONNXModel, metadata text: String) throws {
    var tensors: [NetworkTensor] = []
    for tensor in file.graph.initializers {
      // Names of weights begin with the number of their layer; constants have words.
      guard tensor.name.first?.isNumber == true, case .floats(let values) = tensor.elements else {
        continue
      }
      tensors.append(NetworkTensor(tensor.name, tensor.dimensions.map { Int($0) }, values))
    }
    try self.init(metadata: text, tensors: tensors)
    let isOurs = [ONNXLayout.matrix, .columns].contains { layout in
      (try? onnxGraph(layout: layout)) == file.graph
    }
    guard isOurs else {
      throw Failure(
        .unsupported, "its graph is not the one that its note `\(Self.metadataKey)` describes",
        hint: "take the note out to have the graph itself read, or run it with onnxruntime")
    }
  }

  private func onnxFile(layout: ONNXLayout) throws -> ONNXModel {
    var file = ONNXModel(try onnxGraph(layout: layout))
    file.metadata = [ONNXModel.Entry(Self.metadataKey, json.text())]
    return file
  }

  private func onnxGraph(layout: ONNXLayout) throws -> ONNXGraph {
    var graph = ONNXGraph(name: kind)
    var layers: NetworkGraph
    switch input {
    case .rows(let encoder):
      let columns = try EncodedColumnsGraph(encoder, layout: layout)
      graph.inputs = columns.infos
      graph.nodes = columns.nodes
      graph.initializers = columns.initializers
      layers = NetworkGraph(columns.result, isRow: true, names: columns.names)
      layers.cast(to: .float, as: "floats")
      let places = (0..<columns.order.count).map { place in
        Int64(columns.order.firstIndex(of: place) ?? 0)
      }
      // The graph has columns of numbers first.
      if places != Array(0..<Int64(places.count)) {
        let order = layers.constant("order", [Int64(places.count)], .ints(places))
        layers.step("Gather", [order], [ONNXAttribute("axis", .int(1))], to: "ordered")
      }
    case .images(let shape, let means, let deviations):
      var names = ONNXNames()
      let image = names.fresh("image")
      graph.inputs = [
        ONNXValueInfo(
          image, .float,
          [.named("N")] + [shape.channels, shape.height, shape.width].map { .size(Int64($0)) })
      ]
      layers = NetworkGraph(image, isRow: false, names: names)
      normalize(&layers, means, deviations)
    }
    try layers.add(self)
    graph.outputs = answer(&layers)
    graph.nodes += layers.nodes
    graph.initializers += layers.initializers
    return graph
  }

  private func normalize(
    _ layers: inout NetworkGraph, _ means: [Double], _ deviations: [Double]
  ) {
    let shape = [1, Int64(means.count), 1, 1]
    if means.contains(where: { $0 != 0 }) {
      layers.step(
        "Sub", [layers.constant("means", shape, .floats(means.map { Float($0) }))], to: "centred")
    }
    if deviations.contains(where: { $0 != 1 }) {
      layers.step(
        "Div", [layers.constant("deviations", shape, .floats(deviations.map { Float($0) }))],
        to: "normalized")
    }
  }

  /// What the last layer says as others want it.
  private func answer(_ layers: inout NetworkGraph) -> [ONNXValueInfo] {
    var (type, samples) = (ONNXType.float, "N")
    if case .rows = input { (type, samples) = (.double, "rows") }
    guard !classes.isEmpty else {
      layers.cast(to: .double, as: "wide")
      layers.step("Mul", [layers.constant("scale", [], .doubles([scale]))], to: "scaled")
      layers.step("Add", [layers.constant("shift", [], .doubles([shift]))], to: "prediction")
      return [ONNXValueInfo(layers.value, .double, [.named(samples), .size(1)])]
    }
    if layers.outputs == 1 { layers.complete() }
    layers.cast(to: type, as: "probabilities")
    let probabilities = layers.value
    let names = ONNXClassNames(classes)
    let (place, label) = (layers.names.fresh("place"), layers.names.fresh("label"))
    layers.append(names.picking(from: probabilities, to: label, through: place))
    return [
      ONNXValueInfo(label, names.type, [.named(samples)]),
      ONNXValueInfo(probabilities, type, [.named(samples), .size(Int64(classes.count))]),
    ]
  }
}

import Compute
import Formats
import Platform

/// A feature encoder as a graph of ONNX's: numbers standardised, texts spread out, side by side.
///
/// Everything is computed in doubles: in floats a column such as the year would lose most of its
/// digits when its mean is taken off. Columns of numbers stand before those of texts, so the rows of
/// coefficients change places too (see ``order``).
struct EncodedColumnsGraph {
  private(set) var infos: [ONNXValueInfo] = []
  private(set) var nodes: [ONNXNode] = []
  private(set) var initializers: [ONNXTensor] = []
  /// Where the encoded columns are: a row for each row.
  private(set) var result = ""
  /// For each encoded column of the graph its place among the encoder's own.
  private(set) var order: [Int] = []
  var names = ONNXNames()

  /// - Throws: ``Failure`` for columns that have no names of their own where names are needed.
  init(_ encoder: FeatureEncoder, layout: ONNXLayout) throws {
    var starts: [Int] = []
    var start = 0
    for feature in encoder.features {
      starts.append(start)
      start += feature.width
    }
    let numeric = encoder.features.indices.filter { encoder.features[$0].isStandardized }
    let texts = encoder.features.indices.filter { !encoder.features[$0].isStandardized }
    order = numeric.map { starts[$0] }
    for index in texts { order += starts[index]..<(starts[index] + encoder.features[index].width) }
    let numbers = try addInputs(
      encoder, numeric: numeric, layout: texts.isEmpty ? layout : .columns)
    var parts = numbers.map { [addStandardized(encoder, numeric, $0)] } ?? []
    for index in texts { parts.append(addSpread(encoder.features[index], index)) }
    result = parts.count == 1 ? parts[0] : join(parts, as: "encoded")
  }

  /// - Returns: where the columns of numbers are, side by side; nil when there are none.
  private mutating func addInputs(
    _ encoder: FeatureEncoder, numeric: [Int], layout: ONNXLayout
  ) throws -> String? {
    guard layout == .columns else {
      let input = names.fresh("input")
      infos = [ONNXValueInfo(input, .double, [.named("rows"), .size(Int64(numeric.count))])]
      return input
    }
    try names.take(encoder.features.map(\.name))
    infos = encoder.features.map { feature in
      ONNXValueInfo(
        feature.name, feature.isStandardized ? .double : .string, [.named("rows"), .size(1)])
    }
    let columns = numeric.map { encoder.features[$0].name }
    return columns.count < 2 ? columns.first : join(columns, as: "numbers")
  }

  private mutating func join(_ parts: [String], as name: String) -> String {
    let place = names.fresh(name)
    nodes.append(
      ONNXNode("Concat", name: place, from: parts, to: [place], [ONNXAttribute("axis", .int(1))]))
    return place
  }

  /// (x - mean) / scale, and 0 where x is missing.
  private mutating func addStandardized(
    _ encoder: FeatureEncoder, _ numeric: [Int], _ input: String
  ) -> String {
    var (means, scales): ([Double], [Double]) = ([], [])
    for index in numeric {
      guard case .standardized(let mean, let scale) = encoder.features[index].encoding else {
        continue
      }
      means.append(mean)
      scales.append(scale)
    }
    let shape = [1, Int64(means.count)]
    let (mean, scale) = (add("mean", shape, .doubles(means)), add("scale", shape, .doubles(scales)))
    let missing = step("IsNaN", [input], "missing")
    let filled = step("Where", [missing, mean, input], "filled")
    let centred = step("Sub", [filled, mean], "centred")
    return step("Div", [centred, scale], "standardized")
  }

  /// A column of 0 and 1 for each category.
  private mutating func addSpread(_ feature: Feature, _ index: Int) -> String {
    guard case .oneHot(let categories, let missing) = feature.encoding else { return feature.name }
    var keys = categories
    var codes = categories.indices.map(Int64.init)
    // What tables of Python's spell missing texts like when they become arrays of text.
    for text in ["", "nan", "None"] where missing && !categories.contains(text) {
      keys.append(text)
      codes.append(Int64(categories.count))
    }
    let width = Int64(feature.width)
    let code = learning(
      "LabelEncoder", feature.name, "code\(index)",
      [
        ONNXAttribute("keys_strings", .strings(keys)), ONNXAttribute("values_int64s", .ints(codes)),
        ONNXAttribute("default_int64", .int(-1)),
      ])
    let spread = learning(
      "OneHotEncoder", code, "spread\(index)",
      [ONNXAttribute("cats_int64s", .ints(Array(0..<width))), ONNXAttribute("zeros", .int(1))])
    let shape = add("shape\(index)", [2], .ints([-1, width]))
    let flat = step("Reshape", [spread, shape], "flat\(index)")
    return step(
      "Cast", [flat], "category\(index)", [ONNXAttribute("to", .int(ONNXType.double.rawValue))])
  }

  private mutating func learning(
    _ operation: String, _ input: String, _ name: String, _ attributes: [ONNXAttribute]
  ) -> String {
    let place = names.fresh(name)
    nodes.append(
      ONNXNode(
        operation, domain: ONNXModel.learning, name: place, from: [input], to: [place], attributes))
    return place
  }

  /// Adds an operator with one output.
  mutating func step(
    _ operation: String, _ inputs: [String], _ name: String, _ attributes: [ONNXAttribute] = []
  ) -> String {
    let place = names.fresh(name)
    nodes.append(ONNXNode(operation, name: place, from: inputs, to: [place], attributes))
    return place
  }

  /// Adds a constant.
  mutating func add(
    _ name: String, _ shape: [Int64], _ elements: ONNXTensor.Elements
  ) -> String {
    let place = names.fresh(name)
    initializers.append(ONNXTensor(place, shape, elements))
    return place
  }

  /// The scores of a linear model: encoded columns times coefficients, plus intercepts.
  ///
  /// - Parameter weights: a row for each output; a column for each of the encoder's, and the
  ///   intercept last.
  mutating func addScores(_ weights: Matrix, as name: String = "scores") -> String {
    let outputs = weights.rows
    let last = weights.columns - 1
    let elements = order.flatMap { column in (0..<outputs).map { weights[$0, column] } }
    let coefficients = add(
      "coefficients", [Int64(order.count), Int64(outputs)], .doubles(elements))
    let intercepts = add(
      "intercepts", [Int64(outputs)], .doubles((0..<outputs).map { weights[$0, last] }))
    return step("Gemm", [result, coefficients, intercepts], name)
  }

  /// The graph with some outputs.
  func graph(named name: String, _ outputs: [ONNXValueInfo]) -> ONNXGraph {
    var graph = ONNXGraph(name: name)
    graph.nodes = nodes
    graph.initializers = initializers
    graph.inputs = infos
    graph.outputs = outputs
    return graph
  }

  mutating func append(_ more: [ONNXNode]) { nodes += more }
}

extension Feature {
  fileprivate var isStandardized: Bool {
    if case .standardized = encoding { true } else { false }
  }
}

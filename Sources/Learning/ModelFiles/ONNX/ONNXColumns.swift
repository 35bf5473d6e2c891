import Formats
import Platform

/// The columns that a graph hands to its trees.
struct ONNXColumns {
  /// nil for a matrix whose width the graph does not say.
  private var found: [ModelFeature]?
  /// Columns whose categories are numbered as ``ONNXCategory`` says.
  private(set) var recoded: Set<Int32> = []

  /// Follows the input of the trees back to the inputs of the graph.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` when something else happens on the way.
  init(_ graph: ONNXGraph, _ trees: ONNXNode) throws {
    guard let start = trees.inputs.first, trees.inputs.count == 1 else {
      throw Failure(.corrupt, "its trees have no input")
    }
    let walk = Walk(graph)
    var matrix = try walk.origin(of: start)
    let signs = try Self.recoding(&matrix, walk)
    recoded = Set(signs.indices.lazy.filter { signs[$0] }.map(Int32.init))
    found = try Self.columns(of: matrix, walk)
    guard signs.isEmpty || signs.count == found?.count ?? signs.count else {
      throw Failure(
        .corrupt, "its input has \(found?.count ?? 0) columns, and \(signs.count) signs")
    }
  }

  /// - Returns: nil for a matrix whose width the graph does not say.
  private static func columns(of matrix: String, _ walk: Walk) throws -> [ModelFeature]? {
    if let input = walk.input(matrix) {
      guard input.type != .string else { throw unsupported(matrix) }
      guard case .size(let size)? = input.shape.dropFirst().first else { return nil }
      guard (1...1 << 24).contains(size) else {
        throw Failure(.corrupt, "its input has \(size) columns")
      }
      return (0..<Int(size)).map { ModelFeature(name: "f\($0)") }
    }
    guard let joining = walk.maker(of: matrix), joining.operation == "Concat" else {
      throw unsupported(matrix)
    }
    return try joining.inputs.map { try feature($0, walk) }
  }

  /// Which columns are multiplied and moved before the trees see them, as ``ONNXInputs/recode(_:)`` does.
  ///
  /// - Parameter matrix: what the trees look at; what is multiplied afterwards.
  /// - Throws: ``Failure`` with code `.unsupported` for other arithmetic than that.
  private static func recoding(_ matrix: inout String, _ walk: Walk) throws -> [Bool] {
    guard let adding = walk.maker(of: matrix), adding.operation == "Add" else { return [] }
    guard adding.inputs.count == 2, let offsets = walk.floats(adding.inputs[1]),
      let multiplying = walk.maker(of: adding.inputs[0]), multiplying.operation == "Mul",
      multiplying.inputs.count == 2, let factors = walk.floats(multiplying.inputs[1]),
      factors.count == offsets.count
    else { throw unsupported(matrix) }
    let columns = try zip(factors, offsets).map { factor, offset in
      let isRecoded = (factor, offset) == (ONNXCategory.factor, ONNXCategory.offset)
      guard isRecoded || (factor, offset) == (1, 0) else { throw unsupported(matrix) }
      return isRecoded
    }
    matrix = try walk.origin(of: multiplying.inputs[0])
    return columns
  }

  /// - Parameter count: features that the trees ask for.
  func features(atLeast count: Int) throws -> [ModelFeature] {
    if let found { return found }
    guard count <= 1 << 24 else {
      throw Failure(.corrupt, "its trees ask for feature \(count - 1)")
    }
    return (0..<max(1, count)).map { ModelFeature(name: "f\($0)") }
  }

  private static func feature(_ name: String, _ walk: Walk) throws -> ModelFeature {
    let place = try walk.origin(of: name)
    if let input = walk.input(place), Self.isColumn(input), input.type != .string {
      return ModelFeature(name: input.name)
    }
    guard let coding = walk.maker(of: place), coding.operation == "LabelEncoder",
      let input = coding.inputs.first.flatMap(walk.input), Self.isColumn(input),
      let texts = coding["keys_strings"]?.strings, let codes = coding["values_floats"]?.floats,
      codes.enumerated().allSatisfy({ $1 == Float($0) }), codes.count == texts.count,
      coding["default_float"]?.float?.isNaN == true
    else { throw unsupported(name) }
    return ModelFeature(name: input.name, kind: .categorical, categories: texts)
  }

  private static func isColumn(_ input: ONNXValueInfo) -> Bool {
    input.shape.count == 2 && input.shape[1] == .size(1)
  }

  private static func unsupported(_ name: String) -> Failure {
    Failure(
      .unsupported, "it makes `\(name)`, the input of its trees, in a way that is not known",
      hint: "graphs can be read whose trees look at an input, or at columns side by side")
  }

  /// Finds what makes a value.
  private struct Walk {
    private let graph: ONNXGraph
    private var makers: [String: Int] = [:]

    init(_ graph: ONNXGraph) {
      self.graph = graph
      for (place, node) in graph.nodes.enumerated() {
        for output in node.outputs { makers[output] = place }
      }
    }

    func input(_ name: String) -> ONNXValueInfo? { graph.inputs.first { $0.name == name } }
    func maker(of name: String) -> ONNXNode? { makers[name].map { graph.nodes[$0] } }

    /// A constant with a number for each column.
    func floats(_ name: String) -> [Float]? {
      guard let tensor = graph.initializers.first(where: { $0.name == name }),
        case .floats(let values) = tensor.elements, tensor.dimensions == [1, Int64(values.count)]
      else { return nil }
      return values
    }

    /// The value behind operators that change nothing but the type.
    func origin(of name: String) throws -> String {
      var name = name
      for _ in 0...graph.nodes.count {
        guard let node = maker(of: name), ["Cast", "Identity"].contains(node.operation),
          let before = node.inputs.first
        else { return name }
        name = before
      }
      throw Failure(.corrupt, "its operators lead in a circle")
    }
  }
}

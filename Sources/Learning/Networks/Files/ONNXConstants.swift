import Formats

/// What stands fast in a graph: its initializers and what its `Constant` operators make.
struct ONNXConstants {
  private var byName: [String: ONNXTensor] = [:]

  init(_ graph: ONNXGraph) {
    for tensor in graph.initializers { byName[tensor.name] = tensor }
    for node in graph.nodes where node.operation == "Constant" {
      guard let name = node.outputs.first, let tensor = Self.tensor(node) else { continue }
      byName[name] = tensor
    }
  }

  private static func tensor(_ node: ONNXNode) -> ONNXTensor? {
    if let tensor = node["value"]?.tensor { return tensor }
    if let number = node["value_float"]?.float { return ONNXTensor("", [], .floats([number])) }
    if let number = node["value_int"]?.int { return ONNXTensor("", [], .ints([number])) }
    if let numbers = node["value_floats"]?.floats {
      return ONNXTensor("", [Int64(numbers.count)], .floats(numbers))
    }
    if let numbers = node["value_ints"]?.ints {
      return ONNXTensor("", [Int64(numbers.count)], .ints(numbers))
    }
    return nil
  }

  subscript(name: String) -> ONNXTensor? { byName[name] }

  /// Numbers as floats, with their shape; nil for what is no constant, or made of something else.
  func floats(_ name: String) -> (shape: [Int], values: [Float])? {
    guard let tensor = byName[name] else { return nil }
    let shape = tensor.dimensions.compactMap { Int(exactly: $0) }
    switch tensor.elements {
    case .floats(let values): return (shape, values)
    case .doubles(let values): return (shape, values.map { Float($0) })
    case .ints, .strings, .other: return nil
    }
  }

  /// A constant with one number.
  func number(_ name: String) -> Double? {
    guard let numbers = byName[name]?.numbers, numbers.count == 1 else { return nil }
    return numbers[0]
  }

  func ints(_ name: String) -> [Int64]? {
    guard case .ints(let values)? = byName[name]?.elements else { return nil }
    return values
  }
}

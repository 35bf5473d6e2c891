import Formats
import Platform

/// Models of ONNX: operators, settings and numbers.
///
/// Models with parts that are not read here (functions, graphs in graphs, sparse or external numbers) are left to a
/// comparison by bytes, as nothing may be passed over that changes what a model says.
struct ONNXReader: ContentReader {
  var name: String { "onnx" }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    try Self.check(old)
    try Self.check(new)
    var trees = TreeComparison(findings)
    try trees.compare(
      ONNXTree(ONNXModel(parsing: old)).node, ONNXTree(ONNXModel(parsing: new)).node)
    findings = trees.findings
  }

  /// - Throws: ``ParseFailure`` where a model or its graph has parts that are not read.
  private static func check(_ bytes: [UInt8]) throws(ParseFailure) {
    var model = ProtobufReader(bytes)
    while let field = try model.next() {
      guard [1, 2, 3, 6, 7, 8, 14].contains(field.number) || isNothing(field) else {
        throw ParseFailure("the model has a part that is not read")
      }
      guard field.number == 7 else { continue }
      var graph = try model.message(field)
      while let part = try graph.next() {
        // 10 is a comment, 13 says what follows from the rest.
        guard [1, 2, 5, 10, 11, 12, 13].contains(part.number) else {
          throw ParseFailure("the graph has a part that is not read")
        }
      }
    }
  }

  /// An empty domain and the version 0 of a model say nothing.
  private static func isNothing(_ field: ProtobufReader.Field) -> Bool {
    switch field.content {
    case .varint(let value): field.number == 5 && value == 0
    case .bytes(let range): field.number == 4 && range.isEmpty
    case .fixed32, .fixed64: false
    }
  }
}

/// A model of ONNX as a tree of values.
private struct ONNXTree: TreeValue {
  let node: TreeNode<ONNXTree>

  init(_ node: TreeNode<ONNXTree>) { self.node = node }

  private static func texts(_ values: [String]) -> ONNXTree {
    ONNXTree(.list(values.map { ONNXTree(.text($0)) }))
  }

  init(_ model: ONNXModel) throws(ParseFailure) {
    var nodes: [ONNXTree] = []
    for operation in model.graph.nodes { nodes.append(try ONNXTree(operation)) }
    var constants: [(key: String, value: ONNXTree)] = []
    for tensor in model.graph.initializers { constants.append((tensor.name, try ONNXTree(tensor))) }
    node = .map([
      ("ir_version", ONNXTree(.whole(model.irVersion))),
      ("producer", ONNXTree(.text("\(model.producer) \(model.producerVersion)"))),
      (
        "operators",
        ONNXTree(.map(model.operators.map { ($0.domain, ONNXTree(.whole($0.version))) }))
      ),
      ("metadata", ONNXTree(.map(model.metadata.map { ($0.key, ONNXTree(.text($0.value))) }))),
      ("inputs", ONNXTree(.list(model.graph.inputs.map { ONNXTree($0) }))),
      ("outputs", ONNXTree(.list(model.graph.outputs.map { ONNXTree($0) }))),
      ("nodes", ONNXTree(.list(nodes))), ("initializers", ONNXTree(.map(constants))),
    ])
  }

  private init(_ info: ONNXValueInfo) {
    let shape = info.shape.map { dimension in
      switch dimension {
      case .size(let size): ONNXTree(.whole(size))
      case .named(let name): ONNXTree(.text(name))
      }
    }
    node = .map([
      ("name", ONNXTree(.text(info.name))),
      ("type", ONNXTree(.plain("\(info.type?.rawValue ?? 0)"))), ("shape", ONNXTree(.list(shape))),
    ])
  }

  private init(_ operation: ONNXNode) throws(ParseFailure) {
    var attributes: [(key: String, value: ONNXTree)] = []
    for attribute in operation.attributes {
      let value: ONNXTree
      switch attribute.value {
      case .float(let number): value = ONNXTree(.number(Double(number)))
      case .int(let number): value = ONNXTree(.whole(number))
      case .string(let text): value = ONNXTree(.text(text))
      case .tensor(let tensor): value = try ONNXTree(tensor)
      case .floats(let numbers): value = ONNXTree(.numbers(numbers.map { Double($0) }))
      case .ints(let numbers): value = ONNXTree(.wholes(numbers))
      case .strings(let texts): value = Self.texts(texts)
      case .other: throw ParseFailure("`\(attribute.name)` is of a kind that is not read")
      }
      attributes.append((attribute.name, value))
    }
    node = .map([
      ("operation", ONNXTree(.text("\(operation.domain).\(operation.operation)"))),
      ("name", ONNXTree(.text(operation.name))), ("inputs", Self.texts(operation.inputs)),
      ("outputs", Self.texts(operation.outputs)), ("attributes", ONNXTree(.map(attributes))),
    ])
  }

  private init(_ tensor: ONNXTensor) throws(ParseFailure) {
    let elements: ONNXTree
    switch tensor.elements {
    case .floats(let values): elements = ONNXTree(.numbers(values.map { Double($0) }))
    case .doubles(let values): elements = ONNXTree(.numbers(values))
    case .ints(let values): elements = ONNXTree(.wholes(values))
    case .strings(let values): elements = Self.texts(values)
    case .other: throw ParseFailure("`\(tensor.name)` holds numbers that are not read")
    }
    node = .map([
      ("type", ONNXTree(.plain("\(tensor.type?.rawValue ?? 0)"))),
      ("dimensions", ONNXTree(.wholes(tensor.dimensions))), ("values", elements),
    ])
  }
}

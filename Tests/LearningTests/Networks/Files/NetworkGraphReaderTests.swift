import Compute
import Formats
import Platform
import Testing

@testable import Learning

@Suite("Graphs of networks that cannot be read") struct NetworkGraphReaderTests {
  /// Reads a graph of operators one behind the other.
  private func read(
    _ nodes: [ONNXNode], _ tensors: [ONNXTensor] = [], input: [Int64] = [3, 4, 4],
    output: String = "y"
  ) throws -> NetworkModel {
    var graph = ONNXGraph(name: "main")
    graph.nodes = nodes
    graph.initializers = tensors
    graph.inputs = [ONNXValueInfo("x", .float, [.named("N")] + input.map { .size($0) })]
    graph.outputs = [ONNXValueInfo(output, .float, [])]
    var reader = try NetworkGraphReader(graph)
    return try reader.model()
  }

  private func message(_ body: () throws -> NetworkModel) -> String {
    do {
      return "read: \(try body().plans)"
    } catch { return (error as? Failure)?.message ?? "\(error)" }
  }

  private func node(_ operation: String, _ inputs: [String] = ["x"], _ attributes: ONNXAttribute...)
    -> ONNXNode
  {
    ONNXNode(operation, name: "n1", from: inputs, to: ["y"], attributes)
  }

  private let weight = ONNXTensor("w", [2, 3, 2, 2], .floats([Float](repeating: 1, count: 24)))

  @Test("the operator is named") func operators() {
    for (node, wanted) in [
      (node("LeakyRelu"), "`n1` (LeakyRelu): no layer that is known"),
      (
        ONNXNode("Relu", domain: "com.microsoft", from: ["x"], to: ["y"]),
        "`y` (com.microsoft::Relu): no layer that is known"
      ),
      (node("Softmax"), "`n1` (Softmax): it is not over the numbers of a row"),
      (node("Flatten", ["x"], ONNXAttribute("axis", .int(2))), "`n1` (Flatten): its axis is not 1"),
      (node("Reshape"), "`n1` (Reshape): it has no shape"),
      (
        node("Reshape", ["x", "s"]),
        "`n1` (Reshape): it makes something else than rows of 48 numbers"
      ),
      (
        node("Gelu", ["x"], ONNXAttribute("approximate", .string("tanh"))),
        "`n1` (Gelu): no layer that is known"
      ),
      (node("MaxPool"), "`n1` (MaxPool): its `kernel_shape` is not the same on all sides"),
      (
        node("MaxPool", ["x"], ONNXAttribute("kernel_shape", .ints([2, 3]))),
        "`n1` (MaxPool): its `kernel_shape` is not the same on all sides"
      ),
      (
        node(
          "MaxPool", ["x"], ONNXAttribute("kernel_shape", .ints([2, 2])),
          ONNXAttribute("pads", .ints([1, 1, 1, 1]))),
        "`n1` (MaxPool): it pads its images"
      ),
      (
        node(
          "MaxPool", ["x"], ONNXAttribute("kernel_shape", .ints([2, 2])),
          ONNXAttribute("ceil_mode", .int(1))),
        "`n1` (MaxPool): its windows have gaps, or go beyond the image"
      ),
      (
        node("AveragePool", ["x"], ONNXAttribute("kernel_shape", .ints([99, 99]))),
        "`n1` (AveragePool): `size` of `averagepool` is not a whole number from 1 to 15"
      ),
      (
        node("MaxPool", ["x"], ONNXAttribute("kernel_shape", .ints([5, 5]))),
        "`n1` (MaxPool): windows of 5x5 do not fit into images of 4x4x3"
      ),
      (node("Conv", ["x", "v"]), "`n1` (Conv): its input 2 is no constant of floats"),
      (
        node("Conv", ["x", "w"], ONNXAttribute("dilations", .ints([2, 2]))),
        "`n1` (Conv): its windows have gaps, or go beyond the image"
      ),
      (
        node("Conv", ["x", "w"], ONNXAttribute("auto_pad", .string("SAME_UPPER"))),
        "`n1` (Conv): it pads its images by itself"
      ),
      (
        node("Conv", ["x", "w"], ONNXAttribute("group", .int(3))),
        "`n1` (Conv): 3 groups do not divide both the 3 channels that come and the 2 filters"
      ),
      (
        node("Conv", ["x", "w"], ONNXAttribute("group", .int(.max))),
        "`n1` (Conv): `groups` of `conv2d` is not a whole number from 1 to 1048576"
      ),
      (
        node("Conv", ["x", "w"], ONNXAttribute("strides", .ints([0, 0]))),
        "`n1` (Conv): `stride` of `conv2d` is not a whole number from 1 to 63"
      ),
      (node("Gemm", ["x", "w"]), "`n1` (Gemm): its weights have the shape [2, 3, 2, 2]"),
      (
        node("Gemm", ["x", "w"], ONNXAttribute("alpha", .float(2))),
        "`n1` (Gemm): it turns or scales what comes in"
      ),
      (
        node("BatchNormalization", ["x", "w", "w", "w", "w"]),
        "`n1` (BatchNormalization): its weights have the shape [2, 3, 2, 2]"
      ),
    ] { #expect(message { try read([node], [weight]) } == wanted) }
  }

  @Test("shapes without numbers ask for no memory") func empty() {
    let hollow = ONNXTensor("w", [0, 1 << 60], .floats([]))
    #expect(
      message { try read([node("MatMul", ["x", "w"])], [hollow], input: [3]) }
        == "`n1` (MatMul): its weights have the shape [0, 1152921504606846976]")
  }

  @Test("inputs, forks, circles and ends") func forms() {
    #expect(
      message { try read([node("Relu")], input: [0]) }
        == "its input `x` is neither images nor rows of a known size")
    #expect(
      message { try read([node("Relu")], input: [1 << 40, 1 << 40, 1 << 40]) }
        == "its input `x` is neither images nor rows of a known size")
    #expect(
      message { try read([node("Relu")], output: "z") }
        == "its value `y` is used by nothing, and is no output")
    let other = ONNXNode("Tanh", name: "n2", from: ["x"], to: ["z"])
    #expect(
      message { try read([node("Relu"), other]) }
        == "its value `x` goes several ways: `n1` (Relu), `n2` (Tanh)")
    let back = ONNXNode("Relu", name: "n2", from: ["y"], to: ["x"])
    #expect(
      message { try read([node("Relu"), back], output: "z") } == "its operators lead in a circle")
    #expect(
      message { try read([node("Relu"), ONNXNode("Exp", name: "n2", from: ["y"], to: ["z"])]) }
        == "its output `y` goes on to `n2` (Exp)")
    #expect(
      message { try read([node("Flatten")]) }
        == "`softmax` behind `flatten` means something else in ONNX")
    #expect(
      message { try read([node("Sigmoid")], input: [3]) } == "it answers with 3 sigmoids")
  }

  @Test("what is a network, and what are trees") func likely() {
    var graph = ONNXGraph(name: "main")
    #expect(!NetworkGraphReader.isLikely(graph))
    graph.nodes = [node("Gemm")]
    #expect(NetworkGraphReader.isLikely(graph))
    graph.nodes.append(
      ONNXNode("TreeEnsembleRegressor", domain: ONNXModel.learning, from: ["y"], to: ["z"]))
    #expect(!NetworkGraphReader.isLikely(graph))
  }
}

import Compute

@testable import Formats
@testable import Learning

extension FuzzTarget {
  /// Networks of ONNX files: what is read can be written, and is then read as the same.
  static let onnxNetwork = FuzzTarget(
    name: "onnx-network", seeds: [],
    words: [
      "Conv", "Gemm", "MatMul", "Add", "Relu", "Sigmoid", "Tanh", "Erf", "Div", "Mul", "Softmax",
      "MaxPool", "AveragePool", "GlobalAveragePool", "Flatten", "Reshape", "BatchNormalization",
      "Identity", "Constant", "kernel_shape", "strides", "pads", "group", "transB", "axis",
      "reprise.network",
    ], binarySeeds: { try samples().map { try $0.onnx() } + [try foreign()] }
  ) { bytes in
    guard let model = try ONNXFile.model(bytes) as? NetworkModel else { return }
    let again = try ONNXFile.model(model.onnx()) as? NetworkModel
    let isFinite = model.tensors.allSatisfy { $0.values.allSatisfy { !$0.isNaN } }
    require(!isFinite || again == model, "a network is read again as another one")
  }

  /// Networks of safetensors files.
  static let safetensorsNetwork = FuzzTarget(
    name: "safetensors-network", seeds: [],
    words: [
      "reprise.network", "conv2d", "dense", "units", "layers", "batchnorm", "image", "classes",
    ],
    binarySeeds: { try samples().map { $0.safetensors() } }
  ) { bytes in
    let model = try NetworkModel(safetensors: bytes)
    let isFinite = model.tensors.allSatisfy { $0.values.allSatisfy { !$0.isNaN } }
    let again = try NetworkModel(safetensors: model.safetensors())
    require(!isFinite || again == model, "a network is read again as another one")
  }

  private static func samples() throws -> [NetworkModel] {
    let shape = SampleShape(height: 4, width: 4, channels: 2)
    return [
      try sample(
        [
          .conv2d(filters: 2, kernel: 3, stride: 1, padding: 1, groups: 2),
          .batchNorm(momentum: 0.1, epsilon: 1e-5), .activation(.gelu),
          .maxPool(size: 2, stride: 2),
          .flatten, .dense(units: 2), .softmax,
        ], .images(shape, means: [0.5, 0], deviations: [0.5, 1]), classes: ["a", "b"]),
      try sample(
        [.dense(units: 2), .activation(.tanh), .dense(units: 1)],
        .rows(FeatureEncoder([Feature("x", .standardized(mean: 0, scale: 1))])), classes: []),
    ]
  }

  private static func foreign() throws -> [UInt8] {
    var file = try ONNXModel(parsing: samples()[0].onnx())
    file.metadata = []
    return file.encoded
  }

  private static func sample(
    _ plans: [LayerPlan], _ input: NetworkInput, classes: [String]
  ) throws -> NetworkModel {
    let network = try Network(plans, input: input.shape, training: false)
    network.begin(seed: 1)
    return NetworkModel(
      kind: "cnn", target: "y", classes: classes, input: input, plans: plans,
      tensors: network.tensors, training: .object([]))
  }
}

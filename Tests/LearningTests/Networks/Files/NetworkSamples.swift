import Compute
import Formats
import Support

@testable import Learning

/// Small networks with random weights.
enum NetworkSamples {
  /// One of every layer, for images.
  static func image() throws -> NetworkModel {
    try make(
      [
        .conv2d(filters: 4, kernel: 3, stride: 1, padding: 1, groups: 2),
        .batchNorm(momentum: 0.1, epsilon: 1e-5), .activation(.gelu), .maxPool(size: 2, stride: 2),
        .dropout(rate: 0.25), .averagePool(size: 2, stride: 1), .flatten, .dense(units: 5),
        .activation(.tanh), .dense(units: 3), .softmax,
      ],
      .images(
        SampleShape(height: 6, width: 5, channels: 2), means: [0.5, 0.25], deviations: [0.5, 0.125]
      ), classes: ["a", "b", "c"])
  }

  /// Two classes and one number, out of a table with a column of texts before one of numbers.
  static func table() throws -> NetworkModel {
    try make(
      [.dense(units: 4), .activation(.relu), .dense(units: 1), .activation(.sigmoid)],
      .rows(
        FeatureEncoder([
          Feature("colour", .oneHot(categories: ["blue", "red"], missing: false)),
          Feature("size", .standardized(mean: 3, scale: 0.1)),
        ])), classes: ["no", "yes"])
  }

  static func number() throws -> NetworkModel {
    var model = try make(
      [.dense(units: 1)], .rows(FeatureEncoder([Feature("x", .standardized(mean: 1, scale: 2))])),
      classes: [])
    (model.scale, model.shift) = (0.1, 1e9)
    return model
  }

  static func make(
    _ plans: [LayerPlan], _ input: NetworkInput, classes: [String]
  ) throws -> NetworkModel {
    let network = try Network(plans, input: input.shape, training: false)
    network.begin(seed: 1)
    let images: Bool
    if case .images = input { images = true } else { images = false }
    return NetworkModel(
      kind: images ? "cnn" : "mlp", target: "y", classes: classes, input: input, plans: plans,
      tensors: network.tensors, training: .object([.init("seed", 1)]))
  }
}

import Compute

/// The two networks that people begin with.
enum DefaultLayers {
  /// 128-relu-dropout .2-N.
  static func perceptron(outputs: Int, isImage: Bool) -> [LayerPlan] {
    (isImage ? [.flatten] : []) + [
      .dense(units: 128), .activation(.relu), .dropout(rate: 0.2), .dense(units: outputs),
    ]
  }

  /// 32c3-pool-64c3-pool-flatten-64-N, each but the last with a rectifier.
  static func convolutional(outputs: Int) -> [LayerPlan] {
    [
      .conv2d(filters: 32, kernel: 3, stride: 1, padding: 0, groups: 1), .activation(.relu),
      .maxPool(size: 2, stride: 2),
      .conv2d(filters: 64, kernel: 3, stride: 1, padding: 0, groups: 1), .activation(.relu),
      .maxPool(size: 2, stride: 2),
      .flatten, .dense(units: 64), .activation(.relu), .dense(units: outputs),
    ]
  }
}

import Compute

/// Layers out of their numbers, checked against what can be.
enum LayerNumbers {
  static let units = 1...(1 << 20)
  static let kernels = 1...63

  static func dense(_ units: Int) throws(LayerPlan.Misfit) -> LayerPlan {
    .dense(units: try check(units, in: self.units, "units"))
  }

  static func conv2d(
    filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1
  ) throws(LayerPlan.Misfit) -> LayerPlan {
    .conv2d(
      filters: try check(filters, in: units, "filters"),
      kernel: try check(kernel, in: kernels, "kernel"),
      stride: try check(stride, in: kernels, "stride"),
      padding: try check(padding, in: 0...63, "padding"),
      groups: try check(groups, in: units, "groups"))
  }

  /// - Parameter stride: nil for the size.
  static func pool(
    _ name: String, size: Int, stride: Int?
  ) throws(LayerPlan.Misfit) -> LayerPlan {
    let size = try check(size, in: 1...PoolingKernel.greatestSize, "size")
    let stride = try check(stride ?? size, in: kernels, "stride")
    return name == "maxpool"
      ? .maxPool(size: size, stride: stride) : .averagePool(size: size, stride: stride)
  }

  static func dropout(_ rate: Double) throws(LayerPlan.Misfit) -> LayerPlan {
    guard rate >= 0, rate < 1 else {
      throw LayerPlan.Misfit(
        message: "`rate` of `dropout` must be from 0 to below 1, not \(rate)",
        hint: "it is the share of numbers that are set to zero")
    }
    return .dropout(rate: Float(rate))
  }

  static func batchNorm(momentum: Double, epsilon: Double) throws(LayerPlan.Misfit) -> LayerPlan {
    guard momentum > 0, momentum <= 1 else {
      throw LayerPlan.Misfit(message: "`momentum` must be above 0 and at most 1, not \(momentum)")
    }
    guard epsilon > 0, epsilon <= 1 else {
      throw LayerPlan.Misfit(message: "`epsilon` must be above 0 and at most 1, not \(epsilon)")
    }
    return .batchNorm(momentum: Float(momentum), epsilon: Float(epsilon))
  }

  /// A layer that has no numbers.
  ///
  /// - Parameter name: one of ``LayerText/names``.
  static func plain(_ name: String) -> LayerPlan {
    switch name {
    case "flatten": .flatten
    case "globalaveragepool": .globalAveragePool
    case "softmax": .softmax
    case "batchnorm": .batchNorm(momentum: 0.1, epsilon: 1e-5)
    default: .activation(NetworkKernels.Activation(rawValue: name) ?? .relu)
    }
  }

  private static func check(
    _ value: Int, in range: ClosedRange<Int>, _ name: String
  ) throws(LayerPlan.Misfit) -> Int {
    guard range.contains(value) else {
      throw LayerPlan.Misfit(
        message:
          "`\(name)` must be from \(range.lowerBound) to \(range.upperBound), not \(value)")
    }
    return value
  }
}

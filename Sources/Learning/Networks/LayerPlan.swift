import Compute

/// What a layer of a network is, before it has weights.
package enum LayerPlan: Sendable, Hashable {
  /// Every number of the result out of every number before it.
  case dense(units: Int)
  /// Windows of `kernel` x `kernel` points; input and output channels fall into `groups`.
  case conv2d(filters: Int, kernel: Int, stride: Int, padding: Int, groups: Int)
  case maxPool(size: Int, stride: Int)
  case averagePool(size: Int, stride: Int)
  case globalAveragePool
  case flatten
  /// Sets a share of the numbers to zero while it learns.
  case dropout(rate: Float)
  /// Gives each channel the mean 0 and the deviation 1, as the batch has them or, when it predicts, as batches had them.
  case batchNorm(momentum: Float, epsilon: Float)
  case activation(NetworkKernels.Activation)
  case softmax

  /// What is said of it in messages: `conv2d`.
  package var name: String {
    switch self {
    case .dense: "dense"
    case .conv2d: "conv2d"
    case .maxPool: "maxpool"
    case .averagePool: "averagepool"
    case .globalAveragePool: "globalaveragepool"
    case .flatten: "flatten"
    case .dropout: "dropout"
    case .batchNorm: "batchnorm"
    case .activation(let function): function.rawValue
    case .softmax: "softmax"
    }
  }
}

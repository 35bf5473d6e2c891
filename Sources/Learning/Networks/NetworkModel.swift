import Compute
import Formats
import Platform

/// A multilayer perceptron or a convolutional network, with the way its samples become numbers.
package struct NetworkModel: Model, Hashable {
  /// `mlp` or `cnn`.
  package var kind: String
  package var target: String
  /// Sorted; empty when a number is predicted.
  package var classes: [String]
  package var input: NetworkInput
  package var plans: [LayerPlan]
  /// As ``Network/tensors``.
  package var tensors: [NetworkTensor]
  /// What a predicted number is multiplied with, and what is added then; (1, 0) for classes.
  package var scale = 1.0
  package var shift = 0.0
  /// What is known of its training; kept in the file, and used for nothing.
  package var training: JSONValue
}

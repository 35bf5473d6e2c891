import Compute

/// Numbers of a layer that are learnt, or kept, and what its training needs beside them.
final class NetworkWeights: Sendable {
  /// Behind the layer's number, as PyTorch's `state_dict` has it: `weight`, `running_mean`.
  let name: String
  /// As others see it, the last dimension running fastest: (out, in), or (out, in, height, width).
  let shape: [Int]
  let values: FloatBuffer
  /// Whether an optimiser changes them.
  let isTrained: Bool
  let gradient: FloatBuffer
  /// The optimiser's own: a velocity, or Adam's two means.
  let first: FloatBuffer
  let second: FloatBuffer
  /// How many numbers a sum is made of; random weights begin below 1 / sqrt of it. 0 for what begins otherwise.
  let fanIn: Int
  /// The place here of each number as others order them; nil for the same order.
  private let order: (@Sendable () -> [Int])?

  init(
    _ name: String, shape: [Int], fanIn: Int = 0, isTrained: Bool = true, training: Bool,
    order: (@Sendable () -> [Int])? = nil
  ) {
    self.fanIn = fanIn
    self.order = order
    self.name = name
    self.shape = shape
    self.isTrained = isTrained
    let count = shape.reduce(1, *)
    values = FloatBuffer(zeros: count)
    let state = training && isTrained ? count : 0
    gradient = FloatBuffer(zeros: state)
    first = FloatBuffer(zeros: state)
    second = FloatBuffer(zeros: state)
  }

  var count: Int { values.count }

  /// The numbers of a buffer of ours, in the order of others.
  func exported(_ buffer: FloatBuffer) -> [Float] {
    guard let order else { return buffer.values }
    return order().map { buffer.start[$0] }
  }

  /// - Parameter numbers: as many as there are here, in the order of others.
  func take(_ numbers: [Float], into buffer: FloatBuffer) {
    guard let order else { return buffer.set(numbers) }
    for (number, place) in zip(numbers, order()) { buffer.start[place] = number }
  }

  /// Random weights between -1 / sqrt(fan in) and 1 / sqrt(fan in), as PyTorch's layers begin with.
  func begin(_ random: inout RandomStream) {
    guard fanIn > 0 else { return }
    let bound = 1 / Double(fanIn).squareRoot()
    take((0..<count).map { _ in Float((random.unit() * 2 - 1) * bound) }, into: values)
  }
}

/// Numbers of a network under the name that PyTorch's `Sequential` gives them: `0.weight`.
package struct NetworkTensor: Sendable, Hashable {
  package var name: String
  /// The last dimension runs fastest.
  package var shape: [Int]
  package var values: [Float]

  package init(_ name: String, _ shape: [Int], _ values: [Float]) {
    self.name = name
    self.shape = shape
    self.values = values
  }
}

/// An input or an output of a graph.
package struct ONNXValueInfo: Sendable, Hashable {
  package var name: String
  /// nil for what is no tensor of a type that is known.
  package var type: ONNXType?
  package var shape: [Dimension]

  package enum Dimension: Sendable, Hashable {
    case size(Int64)
    /// A size that the caller decides, by a name.
    case named(String)
  }

  package init(_ name: String, _ type: ONNXType?, _ shape: [Dimension]) {
    self.name = name
    self.type = type
    self.shape = shape
  }
}

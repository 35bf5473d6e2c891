/// Operators that hand their outputs to each other by name.
package struct ONNXGraph: Sendable, Hashable {
  package var name: String
  /// In an order in which every one finds its inputs made.
  package var nodes: [ONNXNode] = []
  /// Constants, by their names.
  package var initializers: [ONNXTensor] = []
  package var inputs: [ONNXValueInfo] = []
  package var outputs: [ONNXValueInfo] = []

  package init(name: String) { self.name = name }

  package func initializer(_ name: String) -> ONNXTensor? { initializers.last { $0.name == name } }
}

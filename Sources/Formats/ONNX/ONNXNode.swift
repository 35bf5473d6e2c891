/// One operator of a graph.
package struct ONNXNode: Sendable, Hashable {
  /// What it does: `Gemm`, `TreeEnsembleClassifier`.
  package var operation: String
  /// Whose operator it is; empty for the standard ones.
  package var domain: String
  package var name: String
  package var inputs: [String]
  package var outputs: [String]
  package var attributes: [ONNXAttribute]

  package init(
    _ operation: String, domain: String = "", name: String = "", from inputs: [String],
    to outputs: [String], _ attributes: [ONNXAttribute] = []
  ) {
    self.operation = operation
    self.domain = domain
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
  }

  package subscript(name: String) -> ONNXAttribute.Value? {
    attributes.last { $0.name == name }?.value
  }
}

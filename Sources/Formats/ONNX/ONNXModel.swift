/// A model of ONNX (https://onnx.ai): a graph of operators, and what they mean.
///
/// It holds what models of trees, of linear kind and of layers need; training, functions of the
/// file's own and graphs inside of graphs are passed over when a file is read.
package struct ONNXModel: Sendable, Hashable {
  /// The version of the file format itself.
  package var irVersion: Int64
  package var producer: String
  package var producerVersion: String
  package var graph: ONNXGraph
  /// The version of each domain's operators; the domain of the standard ones is the empty text.
  package var operators: [Operators]
  /// Whatever else the file says of the model, in its order.
  package var metadata: [Entry]

  package struct Operators: Sendable, Hashable {
    package var domain: String
    package var version: Int64

    package init(_ domain: String, _ version: Int64) {
      self.domain = domain
      self.version = version
    }
  }

  package struct Entry: Sendable, Hashable {
    package var key: String
    package var value: String

    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  /// The domain of operators for trees, linear models and categories.
  package static let learning = "ai.onnx.ml"

  package init(irVersion: Int64, producer: String, producerVersion: String = "", graph: ONNXGraph) {
    self.irVersion = irVersion
    self.producer = producer
    self.producerVersion = producerVersion
    self.graph = graph
    operators = []
    metadata = []
  }

  package func metadata(_ key: String) -> String? { metadata.last { $0.key == key }?.value }
}

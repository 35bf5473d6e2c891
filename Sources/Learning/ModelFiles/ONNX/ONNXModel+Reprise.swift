import Formats

extension ONNXModel {
  /// A model of ours: of versions that runtimes of the last years read.
  init(_ graph: ONNXGraph) {
    self.init(irVersion: 8, producer: "reprise", graph: graph)
    operators = [Operators("", 13), Operators(ONNXModel.learning, 3)]
  }
}

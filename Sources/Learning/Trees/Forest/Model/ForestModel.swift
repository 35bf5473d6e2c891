import Compute
import Formats
import Platform

/// A random forest that predicts the rows of tables.
package struct ForestModel: Model {
  static let kind = "forest"
  package var kind: String { Self.kind }
  package var target: String
  /// What 0, 1, … stand for; empty when numbers are predicted.
  package var classes: [String]
  package var forest: Forest
  /// What is known of its training; kept in the file, and used for nothing.
  package var training: JSONValue

  package init(target: String, classes: [String], forest: Forest, training: JSONValue = .null) {
    precondition(classes.count == forest.classCount, "a name for each class")
    self.target = target
    self.classes = classes
    self.forest = forest
    self.training = training
  }

  package var features: [String] { forest.features.map(\.name) }
  package var textColumns: Set<String> { ModelColumns(features: forest.features).textColumns }

  package func predict(_ table: Table, on pool: WorkerPool) throws -> Predictions {
    let (matrix, notes) = try ModelColumns(features: forest.features).matrix(of: table)
    return predictions(try forest.predictions(matrix, on: pool), notes: notes)
  }

  /// Numbers of ``Forest/predictions(_:on:)`` as predictions of the target.
  func predictions(_ answers: [Double], notes: [String] = []) -> Predictions {
    guard !classes.isEmpty else {
      return Predictions(target: target, values: answers, notes: notes)
    }
    var shares = Matrix(rows: answers.count / classes.count, columns: classes.count)
    shares.elements = answers
    return Predictions(target: target, classes: classes, probabilities: shares, notes: notes)
  }
}

/// Rows that are scored after every round.
package struct EvaluationSet: Sendable {
  package var name: String
  package var data: TrainingSet

  package init(_ name: String, _ data: TrainingSet) {
    self.name = name
    self.data = data
  }
}

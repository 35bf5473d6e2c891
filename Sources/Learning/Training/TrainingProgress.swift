/// How far a trainer is in one of its phases.
package struct TrainingProgress: Sendable, Hashable {
  /// What it is doing, as a noun: `reading`, `training`.
  package var phase: String
  package var completed: Int64
  /// nil when the end is not known. An upper bound, when training may stop early.
  package var total: Int64?
  /// What is counted, in the plural: `iterations`, `rounds`.
  package var unit: String

  package init(_ phase: String, _ completed: Int64 = 0, of total: Int64? = nil, unit: String = "") {
    self.phase = phase
    self.completed = completed
    self.total = total
    self.unit = unit
  }
}

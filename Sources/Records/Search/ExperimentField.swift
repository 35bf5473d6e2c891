/// What a clause or an order about experiments looks at.
enum ExperimentField: Sendable, Hashable {
  case attribute(Attribute)
  case tag(String)

  enum Attribute: String, Sendable, CaseIterable {
    case name
    case id = "experiment_id"
    case created = "creation_time"
    case updated = "last_update_time"

    var isNumeric: Bool { self == .created || self == .updated }
  }
}

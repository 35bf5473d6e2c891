/// What MLflow asks of a field before the work begins.
package struct FieldRule: Sendable, Hashable {
  package enum Check: Sendable, Hashable {
    case required
    case string
    case int
    case bool
    case float
    case array
    case stringItems
    case map
    /// A whole number within bounds, with the text to answer when it is not.
    case range(ClosedRange<Int64>, String?)
    case atMost(Int64, String?)
  }

  package var name: String
  package var checks: [Check]

  package init(_ name: String, _ checks: Check...) {
    self.name = name
    self.checks = checks
  }
}

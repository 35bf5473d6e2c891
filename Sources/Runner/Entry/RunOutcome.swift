import Platform
import Records

/// What came of a run.
package struct RunOutcome: Sendable {
  /// The run as it stands in the record.
  package var run: Run
  /// What the program ends with: the child's own status, 128 and the signal's number when one ended it.
  package var exitCode: Int32
  /// What could not be recorded, or was not understood; none of it changes the run's status.
  package var problems: [Failure]
}

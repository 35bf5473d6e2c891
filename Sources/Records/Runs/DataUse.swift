/// A run that read or wrote a version of data.
package struct DataUse: Sendable, Hashable {
  package var run: RunID
  package var runName: String
  package var status: RunStatus
  /// Milliseconds since 1970.
  package var startTime: Int64
  package var data: RecordedVersion
}

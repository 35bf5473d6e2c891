/// What became of one hook.
package struct HookResult: Sendable, Hashable {
  package enum Status: Sendable, Hashable {
    case passed
    case failed
    /// It changed files, and had nothing more to change when it was run again.
    case mended
    /// `SKIP` names it.
    case skipped
    /// No file is for it.
    case withoutFiles
  }

  package var status: Status
  /// As Python has it: minus the signal's number for a program that was killed.
  package var exitCode: Int32 = 0
  /// Files that the hook changed.
  package var changed: [String] = []
  /// What it wrote, without spaces and line ends around it.
  package var output: [UInt8] = []
  /// Nil for one that was not run.
  package var duration: Duration?

  package init(_ status: Status) { self.status = status }
}

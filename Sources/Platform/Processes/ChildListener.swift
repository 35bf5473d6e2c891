/// Hears what a child process does while it runs. All calls come from one thread, in order.
package protocol ChildListener: Sendable {
  /// The child runs; its process group and its session have the same number.
  func started(_ process: ProcessIdentity)
  /// Bytes that the child wrote; they are valid during the call only.
  func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream)
  /// Called about five times a second while the child runs, and once when all output has come.
  ///
  /// It must not block for long. One that has more to do returns true and is called again right after the output was
  /// looked at.
  func tick() -> Bool
  /// The child set a mark; what it wrote before has been received.
  func marked(_ text: String)
}

extension ChildListener {
  package func marked(_ text: String) {}
}

/// Where a child writes.
package enum ChildStream: String, Sendable, Hashable, CaseIterable { case output, error }

import Platform

/// How much of a work tree's changes is kept; what is over it is listed, not kept.
package struct ChangeLimits: Sendable, Hashable {
  /// The largest file, before or after, that goes into the patch.
  package var file: ByteCount
  /// The largest patch.
  package var total: ByteCount
  /// The most files in it.
  package var files: Int

  package init(
    file: ByteCount = ByteCount(10_000_000), total: ByteCount = ByteCount(100_000_000),
    files: Int = 10_000
  ) {
    self.file = file
    self.total = total
    self.files = files
  }
}

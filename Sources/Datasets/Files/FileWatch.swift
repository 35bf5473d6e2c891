/// What long work tells and asks: files and bytes that are done, and whether to stop.
package struct FileWatch: Sendable {
  package var progress: @Sendable (_ files: Int, _ bytes: Int64) -> Void
  package var isCancelled: @Sendable () -> Bool

  package init(
    progress: @escaping @Sendable (Int, Int64) -> Void = { _, _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.progress = progress
    self.isCancelled = isCancelled
  }
}

/// A descriptor that is watched while a child runs, by the thread that watches the child.
package struct Doorbell: Sendable {
  /// What is watched; it stays open as long as the child runs, or until it rang.
  package var descriptor: Int32
  /// Called once, when the descriptor becomes readable for the first time. It must not block.
  package var ring: @Sendable () -> Void

  package init(_ descriptor: Int32, ring: @escaping @Sendable () -> Void) {
    self.descriptor = descriptor
    self.ring = ring
  }
}

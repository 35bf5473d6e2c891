import Platform

/// How far a transfer from a remote has come.
package struct FetchProgress: Sendable, Hashable {
  /// Objects that have arrived, of how many; both 0 before the remote has said it.
  package var receivedObjects: Int
  package var totalObjects: Int
  package var received: ByteCount

  package init(receivedObjects: Int, totalObjects: Int, received: ByteCount) {
    self.receivedObjects = receivedObjects
    self.totalObjects = totalObjects
    self.received = received
  }
}

import NIOCore

/// What a client may ask for before it is refused.
package struct ServerLimits: Sendable {
  /// Bytes of the JSON of one request.
  package var json = 8 << 20
  /// Bytes of the JSON that all connections together hold at once, beyond a little of each.
  package var jsonOfAll = 256 << 20
  /// Bytes of all header fields, and how many of them.
  package var headerBytes = 16 << 10
  package var headerCount = 100
  /// Seconds until the head of a request must be there, from its first byte or the connection's start.
  package var headSeconds: Int64 = 10
  /// Seconds that a connection may be silent.
  package var idleSeconds: Int64 = 60
  package var connections = 1024
  /// Seconds that what was begun has to come to its end when the server is told to stop.
  package var stopSeconds: Int64 = 30

  package init() {}
}

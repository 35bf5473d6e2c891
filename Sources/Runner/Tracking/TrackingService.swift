import Records

/// Answers the child of a run as MLflow's server would. The server stands beside this target, so that Commands brings the
/// two together.
package protocol TrackingService: Sendable {
  /// Answers all who come to a door, from the first that knocked until the door is closed and what was begun then is
  /// answered.
  ///
  /// - Parameter closed: returns when the door is closed.
  func serve(
    _ door: RunDoor, from store: RecordStore, until closed: @escaping @Sendable () async -> Void
  ) async throws
}

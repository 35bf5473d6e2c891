import Platform
import Records
import Runner

/// MLflow's API for the child of a run, out of the store that the run is recorded in.
package struct ChildTracking: TrackingService {
  /// How long those get who are still being answered when the door is closed.
  static let patience = Duration.seconds(2)

  package init() {}

  package func serve(
    _ door: RunDoor, from store: RecordStore, until closed: @escaping @Sendable () async -> Void
  ) async throws {
    var tracking = try Tracking(store: store)
    tracking.door = door
    let responder = ServerResponder(
      guards: [ChildGuard(door)],
      parts: [
        HealthPart(), ArtifactProxy(artifacts: tracking.artifacts, access: tracking.access),
        RunArtifacts(tracking: tracking, artifacts: tracking.artifacts),
        ModelArtifacts(tracking: tracking), TrackingAPI(tracking),
      ], logger: ServerLog.logger())
    try await SocketListener(responder).serve(
      door.socket.giveAway(), until: closed, patience: ChildTracking.patience)
  }
}

import Logging
import Platform
import Records

/// The whole server: the records of one folder behind MLflow's API and our pages.
package struct TrackingServer: Sendable {
  private let listener: HTTPListener
  private let store: RecordStore

  package init(store: RecordStore, on address: HTTPListener.Address, logger: Logger) throws {
    self.store = store
    let tracking = try Tracking(store: store)
    let limits = ServerLimits()
    let api = TrackingAPI(tracking, limits: limits)
    let responder = ServerResponder(
      guards: [],
      parts: [
        HealthPart(), ArtifactProxy(artifacts: tracking.artifacts),
        RunArtifacts(tracking: tracking, artifacts: tracking.artifacts),
        ModelArtifacts(tracking: tracking), api, GraphQLPart(api: api, limits: limits),
        Pages(store: store),
      ], logger: logger)
    listener = HTTPListener(responder, on: address, limits: limits)
  }

  /// Serves until ``stop()``; what was begun is answered first.
  package func run(whenBound: @escaping @Sendable (Int) async -> Void) async throws {
    do { try await listener.run(whenBound: whenBound) } catch {
      try? await store.close()
      throw error
    }
    try await store.close()
  }

  package func stop() async { await listener.stop() }
}

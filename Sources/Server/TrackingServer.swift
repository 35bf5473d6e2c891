import Logging
import Platform
import Records
import SystemPackage

/// The whole server: the records of one folder behind MLflow's API and our pages.
package struct TrackingServer: Sendable {
  private let listener: HTTPListener
  private let store: RecordStore
  private let hosts = HostGuard()
  /// Those who follow runs.
  package let live = LiveReaders()
  private let safety: ServerSafety
  private let responder: ServerResponder
  private let address: HTTPListener.Address

  /// - Parameter mlflowPages: the folder of MLflow's own web pages, to be shown at `/` instead of ours.
  package init(
    store: RecordStore, on address: HTTPListener.Address, safety: ServerSafety = ServerSafety(),
    mlflowPages: FilePath? = nil, logger: Logger
  ) throws {
    (self.store, self.safety, self.address) = (store, safety, address)
    let verifier = try PasswordVerifier()
    let access = AccessControl(safety.users, verifier: verifier, records: store, logger: logger)
    let tracking = try Tracking(store: store, access: access)
    let gate = AdmissionGate(places: safety.places, room: safety.room)
    let endpoints = TrackingAPI.endpoints + (safety.users == nil ? [] : AccessEndpoints.all)
    let api = TrackingAPI(tracking, endpoints: endpoints, limits: safety.limits, gate: gate)
    let metrics = RequestMetrics()
    let pages: [any ServerPart] = try mlflowPages.map { [try MLflowPages($0)] } ?? []
    var responder = ServerResponder(
      guards: TrackingServer.guards(hosts, safety, verifier, logger),
      parts: pages + [
        HealthPart(), MetricsPart(metrics: metrics),
        ArtifactProxy(artifacts: tracking.artifacts, access: access),
        RunArtifacts(tracking: tracking, artifacts: tracking.artifacts),
        ModelArtifacts(tracking: tracking), api, GraphQLPart(api: api, limits: safety.limits),
        PageActions(api: api),
        GatedPart(
          part: PageAccess(pages: Pages(store: store, access: access, live: live), access: access),
          gate: gate),
      ], logger: logger)
    responder.metrics = (metrics, RouteNames(endpoints))
    self.responder = responder
    listener = HTTPListener(responder, on: address, limits: safety.limits)
  }

  /// What every request passes, the cheapest first.
  private static func guards(
    _ hosts: HostGuard, _ safety: ServerSafety, _ verifier: PasswordVerifier, _ logger: Logger
  ) -> [any RequestGuard] {
    var guards: [any RequestGuard] = [hosts, OriginGuard(rule: OriginRule(more: safety.origins))]
    if safety.trustsProxy { guards.append(ProxyGuard()) }
    if let rate = safety.requestRate {
      guards.append(RateGuard(limiter: RateLimiter(TokenBuckets(rate: rate, burst: rate * 2))))
    }
    if let users = safety.users {
      guards.append(Authentication(users, verifier: verifier, logger: logger))
    } else if let token = safety.token {
      guards.append(TokenGuard(word: token))
    }
    return guards
  }

  /// Serves until ``stop()``; what was begun is answered first.
  package func run(whenBound: @escaping @Sendable (Int) async -> Void) async throws {
    let (hosts, address, more) = (hosts, address, safety.hosts)
    do {
      try await listener.run { port in
        hosts.set(HostRule(port: port, address: address.host, more: more))
        await whenBound(port)
      }
    } catch {
      try? await store.close()
      throw error
    }
    try await store.close()
  }

  /// Takes requests without a socket that name a port, as tests do.
  package func expectPort(_ port: Int) {
    hosts.set(HostRule(port: port, address: address.host, more: safety.hosts))
  }

  /// The answer to a request that came without a socket.
  package func answer(_ request: ServerRequest) async -> ServerAnswer {
    await responder.answer(request)
  }

  /// Ends what goes on by itself, lets the rest come to its end.
  package func stop() async {
    live.stop()
    await listener.stop()
  }
}

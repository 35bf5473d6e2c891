import Platform
import Records
import Synchronization

/// Records a run on a server of MLflow's API: what is known before it, its metrics as they come, the rest at its end.
///
/// All of it is written into a parcel first (see ``Outbox``), so that nothing is lost when the server is.
final class RemoteRecords: Sendable {
  let client: TrackingClient
  let experiment: RemoteExperiment
  private let state = Mutex(State())

  private struct State {
    var run: RemoteRunInfo?
    /// Metrics that are to be sent.
    var waiting: [Metric] = []
    var sentCount = 0
    /// Whether the server was too slow, or gone: then all metrics are sent at the end.
    var isBehind = false
  }

  private static let mostWaiting = 200_000

  private init(_ client: TrackingClient, _ experiment: RemoteExperiment) {
    self.client = client
    self.experiment = experiment
  }

  /// Finds the experiment on the server that a place names; nil when that is none. One that is named and not there is made.
  ///
  /// - Throws: ``Failure`` with code `.unreachable` when nobody answers.
  static func open(
    _ place: TrackingPlace, _ settings: RunSettings, _ variables: [String: String]
  ) throws -> RemoteRecords? {
    guard case .server(let address) = place else { return nil }
    let client = TrackingClient(address, variables: variables)
    if let run = settings.runID {
      return try RemoteRecords(client, client.experiment(id: client.run(run).experiment))
    }
    let variable = { (name: String) in variables[name].flatMap { $0.isEmpty ? nil : $0 } }
    // What is typed comes before what is set.
    let isTyped = settings.experimentName != nil || settings.experimentID != nil
    let name = settings.experimentName ?? (isTyped ? nil : variable("MLFLOW_EXPERIMENT_NAME"))
    if let name {
      let found = try client.experiment(named: name) ?? client.createExperiment(name)
      return RemoteRecords(client, found)
    }
    let id = settings.experimentID.map { "\($0)" } ?? variable("MLFLOW_EXPERIMENT_ID")
    return try RemoteRecords(client, client.experiment(id: id ?? "0"))
  }

  /// The run on the server, once it was begun.
  var run: RemoteRunInfo? { state.withLock { $0.run } }

  /// Where a person sees the run.
  var page: String? {
    run.map { "\(client.shown)/#/experiments/\($0.experiment)/runs/\($0.id.hex)" }
  }

  /// Begins a run on the server, or one that is there again.
  func begin(_ new: NewRun, resuming id: RunID?) throws -> RemoteRunInfo {
    let info: RemoteRunInfo
    if let id {
      info = try client.run(id)
      try client.update(id, status: .running)
    } else {
      info = try client.createRun(new, in: experiment.id)
      do { try client.log(params: new.params, tags: [], to: info.id) } catch {
        discard(info)
        throw error
      }
    }
    state.withLock { $0.run = info }
    return info
  }

  /// Leaves nothing of a run that could not be begun here.
  func discard(_ info: RemoteRunInfo) {
    var client = client
    client.isCancelled = { false }
    try? client.update(info.id, status: .failed, endTime: Clock.milliseconds())
    try? client.delete(info.id)
  }

  /// Takes metrics that are written down, to be sent soon.
  func take(_ metrics: [Metric]) {
    state.withLock { state in
      guard !state.isBehind else { return }
      state.waiting += metrics
      if state.waiting.count > Self.mostWaiting { (state.isBehind, state.waiting) = (true, []) }
    }
  }

  /// Sends what was taken, about once a second, until the task is cancelled.
  func keepSending() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(1))
      sendWaiting()
    }
  }

  /// How many metrics the server has.
  func sentMetrics() -> Int {
    sendWaiting()
    return state.withLock { $0.isBehind ? -1 : $0.sentCount }
  }

  private func sendWaiting() {
    let (run, metrics) = state.withLock { state in
      defer { state.waiting = [] }
      return (state.run, state.waiting)
    }
    guard let run, !metrics.isEmpty else { return }
    var client = client
    client.isCancelled = { false }
    do {
      try client.log(metrics: metrics, to: run.id)
      state.withLock { $0.sentCount += metrics.count }
    } catch {
      state.withLock { $0.isBehind = true }
    }
  }
}

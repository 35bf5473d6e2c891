import NIOPosix
import Platform
import Records
import Runner

/// The runs that somebody looks at, each of them read once.
actor LiveRuns {
  private let store: RecordStore
  private let pause: Duration
  private var runs: [RunID: (run: LiveRun, used: ContinuousClock.Instant)] = [:]
  private var recovered: ContinuousClock.Instant?

  /// How long one is kept that nobody asks for, and how many there are at the most.
  private static let idle = Duration.seconds(30)
  private static let most = 300
  /// Between two looks for runs whose recording was cut off.
  private static let recovery = Duration.seconds(2)

  /// - Parameter pause: how long a look at a run counts.
  init(_ store: RecordStore, pause: Duration = .milliseconds(900)) {
    (self.store, self.pause) = (store, pause)
  }

  /// A run as it is now.
  ///
  /// - Parameter isFresh: whether the look of somebody else just before does not count.
  func look(_ id: RunID, isFresh: Bool = false) async throws -> LiveRun {
    await recover()
    let live = run(id)
    _ = try await live.look(isFresh: isFresh)
    return live
  }

  private func run(_ id: RunID) -> LiveRun {
    let now = ContinuousClock.now
    let live = runs[id]?.run ?? LiveRun(id, in: store, pause: pause)
    runs[id] = (live, now)
    runs = runs.filter { now - $0.value.used < Self.idle }
    if runs.count > Self.most, let oldest = runs.min(by: { $0.value.used < $1.value.used }) {
      runs[oldest.key] = nil
    }
    return live
  }

  /// Who watches a run wants to know when whoever records it is gone; nobody else may come by to find that out.
  private func recover() async {
    let now = ContinuousClock.now
    if let recovered, now - recovered < Self.recovery { return }
    recovered = now
    let store = store
    try? await NIOThreadPool.singleton.runIfActive {
      guard try store.hasAbandoned() else { return }
      try Recovery.recover(store, RecordsFolder(store.folder), ReportPage())
    }
  }
}

import Records

@testable import Server

/// Somebody who follows a run, without a socket and without waiting.
struct Reader {
  let live: LiveRun
  private var events: RunEvents

  /// - Parameter place: the id of the last event that he has seen.
  init(of live: LiveRun, after place: String = "", language: Language = .english) {
    self.live = live
    events = RunEvents(at: PageContext(language: language), after: ReadersPlace(place))
  }

  init(of run: Run, in store: RecordStore, after place: String = "") {
    self.init(of: LiveRun(run.id, in: store, pause: .zero), after: place)
  }

  /// The id of the last event.
  var place: String { events.place.text }

  mutating func next() async throws -> String? {
    _ = try await live.look()
    return try await events.next(live)
  }
}

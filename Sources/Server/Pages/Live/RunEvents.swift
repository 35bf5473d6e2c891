import Formats
import HTTPTypes
import HummingbirdCore
import NIOCore
import Platform
import Records

/// What happens to a run, told as it happens (server-sent events, HTML section 9.2).
///
/// | event | what it says |
/// | --- | --- |
/// | `log`, `unfinished` | new lines of the log as markup; a line that has no end yet, such as a progress bar |
/// | `cell` | one cell that changed: how it stands, and those of its outputs that are new or other |
/// | `now` | which cell runs, in words |
/// | `metrics` | the values that changed, at first all of them |
/// | `status` | how the run stands |
/// | `end` | the last one: the run has ended, and its document is written |
struct RunEvents: Sendable {
  private(set) var at: PageContext
  /// Where the reader has come to.
  private(set) var place: ReadersPlace
  /// Whether there is more to tell at once.
  private(set) var isBehind = false

  private var metrics: [String: Metric] = [:]
  private var status: RunStatus?
  private var now: LiveNow?
  private var isTold = false

  init(at: PageContext, after place: ReadersPlace) { (self.at, self.place) = (at, place) }

  /// What is new since the last call, as the text of events; nil when the run has ended and all is told.
  mutating func next(_ live: LiveRun) async throws -> String? {
    guard !isTold, let run = await live.run else { return nil }
    at.now = Clock.milliseconds()
    var text = ""
    let changed = run.metrics.filter { metrics[$0.key] != $0 }
    for metric in changed { metrics[metric.key] = metric }
    if !changed.isEmpty {
      text += Self.event("metrics", JSONValue.array(changed.map(json)).text())
    }
    text += try await log(live) + cells(live)
    if run.status != status {
      status = run.status
      text += Self.event(
        "status",
        JSONValue.object([
          .init("status", .string(run.status.rawValue)),
          .init("html", .string(Icon.status(run.status, at, showsWord: true).text)),
          .init("took", .string(at.duration(run.startTime, run.endTime ?? at.now))),
          .init("clock", .int(at.now)),
        ]).text())
    }
    if !run.isOpen, !isBehind, await live.isDone {
      isTold = true
      text += Self.event("end", "{}")
    }
    return text
  }

  private func json(_ metric: Metric) -> JSONValue {
    .object([
      .init("key", .string(metric.key)), .init("value", .string(PageNumber.metric(metric.value))),
      .init("step", .string(String(metric.step))),
    ])
  }

  private mutating func log(_ live: LiveRun) async throws -> String {
    let changes = try await live.log(after: place.log)
    place.log = changes.place
    var text = ""
    if !changes.closed.isEmpty { text += Self.event("log", changes.closed, id: place.text) }
    if !changes.open.isEmpty { text += Self.event("unfinished", changes.open) }
    return text
  }

  private mutating func cells(_ live: LiveRun) async -> String {
    var text = ""
    let epoch = await live.epoch
    let changes = await live.changes(after: place.cells, at)
    isBehind = changes.isCut
    for (version, json) in changes.cells {
      place.cells = CellsTold(epoch: epoch, version: version)
      text += Self.event("cell", json, id: place.text)
    }
    if let now = await live.now(at), now != self.now {
      self.now = now
      let json: JSONValue = ["words": .string(now.words), "cell": .string(now.cell)]
      text += Self.event("now", json.text())
    }
    return text
  }

  /// An event: each line of its data with its name.
  static func event(_ name: String, _ data: String, id: String? = nil) -> String {
    var text = "event: \(name)\n"
    if let id { text += "id: \(id)\n" }
    for line in data.split(separator: "\n", omittingEmptySubsequences: false) {
      text += "data: \(line)\n"
    }
    return text + "\n"
  }
}

/// Where somebody who follows a run has come to: in its log, and in its cells. As a text it is the id of an event, which a
/// browser that comes back gives again.
struct ReadersPlace: Sendable, Hashable {
  var log: Int64 = 0
  /// Nil for who was never told of cells.
  var cells: CellsTold?

  var text: String { "\(log)" + (cells.map { ".\($0.text)" } ?? "") }

  init(log: Int64 = 0, cells: CellsTold? = nil) { (self.log, self.cells) = (log, cells) }

  /// What is no such text is the beginning.
  init(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    log = max(0, parts.first.flatMap { Int64($0) } ?? 0)
    if parts.count == 3, let version = Int(parts[2]) {
      cells = CellsTold(epoch: String(parts[1]), version: version)
    }
  }
}

extension Pages {
  /// The events of a run, from where the reader has come to.
  func events(of id: RunID, _ request: ServerRequest, _ at: PageContext) async throws
    -> ServerAnswer
  {
    _ = try await store.read { try $0.run(id) }
    let reader = try live.enter()
    // A browser that comes back says how far it had come.
    let last = request.headers[.lastEventID] ?? at.query["after"] ?? ""
    let first = RunEvents(at: at, after: ReadersPlace(last))
    let runs = runs
    return ServerAnswer(
      headers: [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
        .xContentTypeOptions: "nosniff",
      ],
      body: .stream(length: nil) { writer in
        var events = first
        var quiet = 0
        // Each event is written before the next is made: a slow reader has one of them in memory, and one that has gone
        // is found out by the word that it gets now and then.
        while reader.goesOn, let text = try await events.next(runs.look(id)) {
          quiet = text.isEmpty ? quiet + 1 : 0
          if !text.isEmpty || quiet % 15 == 1 {
            try await writer.write(ByteBuffer(string: text.isEmpty ? ": still here\n\n" : text))
          }
          if !events.isBehind { try await Task.sleep(for: .seconds(1)) }
        }
      })
  }
}

extension HTTPField.Name {
  static let lastEventID = HTTPField.Name("Last-Event-ID")!
}

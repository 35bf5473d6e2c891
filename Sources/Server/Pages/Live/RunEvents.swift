import Formats
import HTTPTypes
import HummingbirdCore
import NIOCore
import Platform
import Records

/// What happens to a run, told as it happens (server-sent events, HTML section 9.2): `log` with new lines as markup and
/// `unfinished` with a line that has no end yet, such as a progress bar; `metrics` with the values that changed, and
/// all of them at first; `status` when it changes; `end` is the last.
struct RunEvents: Sendable {
  let at: PageContext
  let id: RunID
  let store: RecordStore
  /// Where in the log the reader has come to.
  var place: Int64

  private var metrics: [String: Metric] = [:]
  private var status: RunStatus?
  private var isTold = false
  /// Of the log's files when it was last looked at.
  private var sizes: [Int64?] = []

  /// The most of a log that one event has.
  private static let piece: Int64 = 256 << 10

  init(at: PageContext, id: RunID, store: RecordStore, after place: Int64) {
    self.at = at
    self.id = id
    self.store = store
    self.place = max(0, place)
  }

  /// What is new since the last call, as the text of events; nil when the run has ended and all is told.
  mutating func next() async throws -> String? {
    if isTold { return nil }
    guard let run = try await look() else { return nil }
    var text = ""
    let changed = run.metrics.filter { metrics[$0.key] != $0 }
    for metric in changed { metrics[metric.key] = metric }
    if !changed.isEmpty {
      text += Self.event("metrics", JSONValue.array(changed.map(json)).text())
    }
    text += try log(run)
    if run.status != status {
      status = run.status
      text += Self.event(
        "status",
        JSONValue.object([
          .init("status", .string(run.status.rawValue)),
          .init("html", .string(Icon.status(run.status, at, showsWord: true).text)),
          .init("took", .string(at.duration(run.startTime, run.endTime ?? Clock.milliseconds()))),
        ]).text())
    }
    if !run.isOpen {
      isTold = true
      text += Self.event("end", "{}")
    }
    return text
  }

  /// The run without what only its page shows; nil when it is there no more.
  private func look() async throws -> Run? {
    let filter = try RunFilter(parsing: "attributes.run_id = '\(id.hex)'")
    return try await store.read { store in
      let experiments = try store.experiments(view: .all).map(\.id)
      return try store.search(
        RunSearch(experiments: experiments, filter: filter, view: .all, limit: 1)
      ).first
    }
  }

  private func json(_ metric: Metric) -> JSONValue {
    .object([
      .init("key", .string(metric.key)), .init("value", .string(PageNumber.metric(metric.value))),
      .init("step", .string(String(metric.step))),
    ])
  }

  private mutating func log(_ run: Run) throws -> String {
    guard let folder = ArtifactFolder(of: run, in: store) else { return "" }
    let sizes = [RunLog.Stream.output, .error].map { folder.size(of: RunLog.file($0)) }
    // The last line of a run that ended is told even when it has no end.
    guard sizes != self.sizes || !run.isOpen else { return "" }
    self.sizes = sizes
    let log = RunLog(in: folder)
    guard log.size > place else { return "" }
    // A reader who is far behind gets the end.
    let start = max(place, log.size - Self.piece)
    var lines = LogLine.lines(try log.read(start..<log.size), from: start)
    place = log.size
    var open = ""
    if run.isOpen, let last = lines.last, last.isOpen {
      lines.removeLast()
      place = last.place
      open = Self.event("unfinished", last.html.text)
    }
    let closed = lines.map(\.html).joined()
    return (closed.isEmpty ? "" : Self.event("log", closed.text, id: place)) + open
  }

  /// An event: each line of its data with its name.
  static func event(_ name: String, _ data: String, id: Int64? = nil) -> String {
    var text = "event: \(name)\n"
    if let id { text += "id: \(id)\n" }
    for line in data.split(separator: "\n", omittingEmptySubsequences: false) {
      text += "data: \(line)\n"
    }
    return text + "\n"
  }
}

extension Pages {
  /// The events of a run, from a place of its log on.
  func events(of id: RunID, _ request: ServerRequest, _ at: PageContext) async throws
    -> ServerAnswer
  {
    _ = try await store.read { try $0.run(id) }
    let reader = try live.enter()
    // A browser that comes back says how far it had come.
    let last = request.headers[.lastEventID] ?? at.query["after"]
    let first = RunEvents(
      at: at, id: id, store: store, after: last.flatMap { Int64($0) } ?? 0)
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
        while reader.goesOn, let text = try await events.next() {
          quiet = text.isEmpty ? quiet + 1 : 0
          if !text.isEmpty || quiet % 15 == 1 {
            try await writer.write(ByteBuffer(string: text.isEmpty ? ": still here\n\n" : text))
          }
          try await Task.sleep(for: .seconds(1))
        }
      })
  }
}

extension HTTPField.Name {
  static let lastEventID = HTTPField.Name("Last-Event-ID")!
}

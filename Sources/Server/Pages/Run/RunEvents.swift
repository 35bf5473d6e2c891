import Formats
import HTTPTypes
import HummingbirdCore
import NIOCore
import Platform
import Records

/// What happens to a run, told as it happens (server-sent events, HTML section 9.2): `log` with new lines as markup,
/// `metrics` with the values that changed, `status` when it changes; `end` is the last.
struct RunEvents: Sendable {
  let at: PageContext
  let id: RunID
  let store: RecordStore
  /// Where in the log the reader has come to.
  var place: Int64

  private var metrics: [String: Metric] = [:]
  private var status: RunStatus?

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
    if let status, status != .running, status != .scheduled { return nil }
    let id = id
    let run = try await store.read { try $0.run(id) }
    var text = ""
    let changed = run.metrics.filter { metrics[$0.key] != $0 }
    let isFirst = status == nil
    for metric in changed { metrics[metric.key] = metric }
    // The page has what was there when it was made; the first look only says where it stands.
    if !changed.isEmpty, !isFirst {
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
    if run.status != .running, run.status != .scheduled { text += Self.event("end", "{}") }
    return text
  }

  private func json(_ metric: Metric) -> JSONValue {
    .object([
      .init("key", .string(metric.key)), .init("value", .string(PageNumber.metric(metric.value))),
      .init("step", .string(String(metric.step))),
    ])
  }

  private mutating func log(_ run: Run) throws -> String {
    guard let folder = ArtifactFolder(of: run, in: store) else { return "" }
    let log = RunLog(in: folder)
    guard log.size > place else { return "" }
    // A reader who is far behind gets the end.
    let start = max(place, log.size - Self.piece)
    var lines = LogLine.lines(try log.read(start..<log.size), from: start)
    if run.status == .running, let last = lines.last, last.isOpen {
      lines.removeLast()
      place = last.place
    } else {
      place = log.size
    }
    guard !lines.isEmpty else { return "" }
    return Self.event("log", lines.map(\.html).joined().text, id: place)
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
        while let text = try await events.next() {
          // A word now and then tells whether the reader is still there.
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

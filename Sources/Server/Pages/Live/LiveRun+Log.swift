import Records

/// What is new of a log behind a place.
struct LogChanges: Sendable {
  /// Whole lines, and one that has no end yet.
  var closed = ""
  var open = ""
  /// Where what comes next begins.
  var place: Int64
}

extension LiveRun {
  /// The most of a log that is told at once; a reader who is further behind gets the end.
  private static let piece: Int64 = 256 << 10

  /// The log behind a place, the last line also without an end when the run has ended.
  func log(after place: Int64) throws -> LogChanges {
    guard let run, let folder, index.size > place else { return LogChanges(place: place) }
    if let made = logs[place] { return made }
    let log = RunLog(in: folder, index)
    let start = max(place, log.size - Self.piece)
    var lines = LogLine.lines(try log.read(start..<log.size), from: start)
    var changes = LogChanges(place: log.size)
    if run.isOpen, let last = lines.last, last.isOpen {
      lines.removeLast()
      changes.place = last.place
      changes.open = last.html.text
    }
    changes.closed = lines.map(\.html).joined().text
    if logs.count < 16 { logs[place] = changes }
    return changes
  }
}

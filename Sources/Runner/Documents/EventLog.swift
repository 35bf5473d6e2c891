import Formats
import Glibc
import Platform
import Records
import SystemPackage

/// Writes down what happens in a run while it happens, in `document/events.jsonl`: one object a line, in the order of arrival,
/// only ever appended to. `ms` counts from the run's start.
///
/// | line | what happened |
/// | --- | --- |
/// | `{"ms":0,"kind":"status","status":"RUNNING"}` | it began, or ended |
/// | `{"ms":12,"kind":"stream","name":"stdout","bytes":340}` | so many bytes were added to `logs/stdout.txt` |
/// | `{"ms":20,"kind":"cell","cell":2}` | the cell of that number began; the first has 0 |
/// | `{"ms":31,"kind":"display","data":{…},"metadata":{…}}` | something was displayed: a MIME bundle as in a notebook |
/// | `{"ms":40,"kind":"output","cell":2,"output":{…}}` | a notebook's cell put something out, as nbformat has it; with `"place":0` instead of what it had put out first |
/// | `{"ms":52,"kind":"clear","cell":2}` | a notebook's cell took back what it had put out |
///
/// Parts of one stream that come within 50 ms are one. The file appears when there is something to put in it.
struct EventLog: ~Copyable {
  private let path: FilePath
  private let clock = ContinuousClock()
  private let created: ContinuousClock.Instant
  /// The milliseconds of the run before this was made.
  private let before: Int64
  /// Whether everything is written as if it happened then.
  private let isPast: Bool
  private var file: FileDescriptor?
  private var part: (stream: ChildStream, began: Int64, bytes: Int)?

  private static let joining: Int64 = 50

  /// - Parameters:
  ///   - start: of the run, in milliseconds since 1970.
  ///   - time: of everything that is written, when it happened before; in milliseconds since 1970.
  init(in folder: DocumentFolder, since start: Int64, at time: Int64? = nil) {
    path = folder.events
    created = clock.now
    isPast = time != nil
    let (passed, overflows) = (time ?? Clock.milliseconds()).subtractingReportingOverflow(start)
    before = overflows ? 0 : max(0, passed)
  }

  deinit { try? file?.close() }

  /// Bytes came, and were added to the file of their stream.
  mutating func stream(_ stream: ChildStream, _ count: Int) throws {
    let now = now
    if let open = part, open.stream == stream, now - open.began < EventLog.joining {
      part?.bytes += count
    } else {
      try flush()
      part = (stream, now, count)
    }
  }

  mutating func cell(_ number: Int) throws {
    try append("cell", [.init("cell", .int(Int64(number)))])
  }

  mutating func display(_ bundle: MediaBundle) throws {
    try append("display", bundle.members)
  }

  mutating func status(_ status: RunStatus, _ more: [JSONValue.Member] = []) throws {
    try append("status", [.init("status", .string(status.rawValue))] + more)
  }

  /// Writes another kind of event.
  mutating func append(_ kind: String, _ members: [JSONValue.Member]) throws {
    try flush()
    try write(
      JSONValue.object(
        [.init("ms", .int(now)), .init("kind", .string(kind))] + members
      ).text())
  }

  /// Writes what waits to be joined with what may come.
  mutating func flush() throws {
    guard let part else { return }
    self.part = nil
    let name = part.stream == .output ? "stdout" : "stderr"
    try write(
      "{\"ms\":\(part.began),\"kind\":\"stream\",\"name\":\"\(name)\",\"bytes\":\(part.bytes)}")
  }

  private var now: Int64 {
    if isPast { return before }
    let elapsed = (clock.now - created).components
    return before + elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000
  }

  private mutating func write(_ line: String) throws {
    let open: FileDescriptor
    if let file {
      open = file
    } else {
      try FileSystem.createDirectory(path.removingLastComponent())
      // A crash may have cut the last line off: what follows must not become a part of it.
      let isCut = try EventLog.endsWithinLine(path)
      open = try FileSystem.openForWriting(path, appending: true)
      file = open
      if isCut { try FileSystem.writeAll(open.rawValue, [0x0A], to: path) }
    }
    try FileSystem.writeAll(open.rawValue, Array((line + "\n").utf8), to: path)
  }

  private static func endsWithinLine(_ path: FilePath) throws -> Bool {
    guard let status = try FileSystem.status(path), status.size > 0 else { return false }
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    var last: UInt8 = 0x0A
    guard pread(file.rawValue, &last, 1, off_t(status.size - 1)) >= 0 else {
      throw Failure(errno: errno, "read", path)
    }
    return last != 0x0A
  }
}

import Formats
import Glibc
import Platform
import SystemPackage

/// Keeps a child's output: each stream in a file, byte for byte, and when each part came.
///
/// `logs/timeline.jsonl` has one object a part, in the order of arrival: `{"ms":12,"stream":"stdout","bytes":340}`;
/// reading so many bytes from `stdout.txt` and `stderr.txt` in turn gives the output as it appeared. Parts of one
/// stream that come within 50 ms are one. Files appear when there is something to put in them.
struct OutputLog: ~Copyable {
  private let folder: FilePath
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var files: [ChildStream: FileDescriptor] = [:]
  private var timeline: FileDescriptor?
  private var part: (stream: ChildStream, began: Int64, bytes: Int)?
  /// Why the output could not be kept, the first time that happened.
  private(set) var failure: Failure?

  private static let joining: Int64 = 50

  /// - Parameter folder: the run's `logs`; made when the first byte comes.
  init(in folder: FilePath) {
    self.folder = folder
    start = clock.now
  }

  /// Takes what the child wrote.
  mutating func receive(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {
    guard failure == nil else { return }
    do {
      try FileSystem.writeAll(file(for: stream).rawValue, bytes, to: path(of: stream))
      try note(bytes.count, stream)
    } catch {
      failure = error as? Failure ?? Failure(.io, "cannot keep the output: \(error)")
    }
  }

  /// Writes what waits to be written, and closes.
  mutating func finish() {
    do { try writePart() } catch { failure = failure ?? (error as? Failure) }
    for file in files.values { try? file.close() }
    try? timeline?.close()
    files = [:]
    timeline = nil
  }

  private func path(of stream: ChildStream) -> FilePath {
    folder.appending(stream == .output ? "stdout.txt" : "stderr.txt")
  }

  private mutating func file(for stream: ChildStream) throws -> FileDescriptor {
    if let file = files[stream] { return file }
    try FileSystem.createDirectory(folder)
    let file = try FileSystem.openForWriting(path(of: stream), appending: true)
    files[stream] = file
    return file
  }

  private mutating func note(_ count: Int, _ stream: ChildStream) throws {
    let elapsed = (clock.now - start).components
    let now = elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000
    if let open = part, open.stream == stream, now - open.began < OutputLog.joining {
      part?.bytes += count
    } else {
      try writePart()
      part = (stream, now, count)
    }
  }

  private mutating func writePart() throws {
    guard let part else { return }
    let path = folder.appending("timeline.jsonl")
    if timeline == nil { timeline = try FileSystem.openForWriting(path, appending: true) }
    let name = part.stream == .output ? "stdout" : "stderr"
    let line = "{\"ms\":\(part.began),\"stream\":\"\(name)\",\"bytes\":\(part.bytes)}\n"
    if let timeline { try FileSystem.writeAll(timeline.rawValue, Array(line.utf8), to: path) }
    self.part = nil
  }
}

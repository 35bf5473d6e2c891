import Platform
import SystemPackage

/// Keeps a child's output: each stream in a file, byte for byte, `logs/stdout.txt` and `logs/stderr.txt`.
///
/// Which part came when stands among the run's events: reading so many bytes of the two files in turn gives the output as it
/// appeared. Files appear when there is something to put in them.
struct OutputLog: ~Copyable {
  private let folder: FilePath
  private var events: EventLog
  private var files: [ChildStream: FileDescriptor] = [:]
  /// Why the output could not be kept, the first time that happened.
  private(set) var failure: Failure?

  /// - Parameter folder: the run's `logs`; made when the first byte comes.
  init(in folder: FilePath, events: consuming EventLog) {
    self.folder = folder
    self.events = events
  }

  /// Takes what the child wrote.
  mutating func receive(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {
    guard failure == nil else { return }
    do {
      try FileSystem.writeAll(file(for: stream).rawValue, bytes, to: path(of: stream))
      try events.stream(stream, bytes.count)
    } catch {
      failure = error as? Failure ?? Failure(.io, "cannot keep the output: \(error)")
    }
  }

  /// Writes what waits to be written, and closes.
  mutating func finish() {
    note { try $0.flush() }
    for file in files.values { try? file.close() }
    files = [:]
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

  /// Writes an event between the output that came before and what comes after.
  mutating func note(_ write: (inout EventLog) throws -> Void) {
    guard failure == nil else { return }
    do { try write(&events) } catch {
      failure = error as? Failure ?? Failure(.io, "cannot keep the output: \(error)")
    }
  }
}

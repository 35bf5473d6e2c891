import Formats
import Glibc
import Platform
import Records
import SystemPackage

/// What a run put out, in the order in which it came: its events with the bytes of its logs.
struct RunTranscript: Sendable {
  enum Piece: Sendable {
    case cell(Int)
    /// Bytes of the stream's file.
    case stream(ChildStream, Range<Int64>)
    case display(data: JSONValue, metadata: JSONValue)
    /// As nbformat has it; behind the cell's others, or in the place of one of them.
    case output(cell: Int, JSONValue, place: Int?)
    case clear(cell: Int)
  }

  private(set) var pieces: [Piece] = []
  /// The name of the script that ran.
  private(set) var script: String?
  private let logs: FilePath

  /// Events beyond this many bytes are not read; what they say of the streams comes at the end then.
  private static let most: Int64 = 256 << 20

  /// - Throws: ``Failure`` when files that are there cannot be read. A last line that was cut off by a crash is left out.
  init(of run: Run) throws {
    logs = FilePath(run.artifactURI).appending("logs")
    var ends: [ChildStream: Int64] = [:]
    var sizes: [ChildStream: Int64] = [:]
    for stream in ChildStream.allCases {
      sizes[stream] = try FileSystem.status(RunTranscript.file(stream, logs))?.size ?? 0
    }
    func add(_ stream: ChildStream, _ count: Int64) {
      let start = ends[stream] ?? 0
      let count = min(count, (sizes[stream] ?? 0) - start)
      guard count > 0 else { return }
      if case .stream(stream, let range)? = pieces.last, range.upperBound == start {
        pieces[pieces.count - 1] = .stream(stream, range.lowerBound..<start + count)
      } else {
        pieces.append(.stream(stream, start..<start + count))
      }
      ends[stream] = start + count
    }
    let events = DocumentFolder(of: run).events
    let bytes =
      FileSystem.isFile(events) ? try RunTranscript.bytes(of: events, 0..<RunTranscript.most) : []
    for line in bytes.split(separator: 0x0A) {
      switch DocumentEvent(line)?.kind {
      case .stream(let stream, let count): add(stream, count)
      case .status(_, let name): script = name ?? script
      case .cell(let number): pieces.append(.cell(number))
      case .display(let data, let metadata):
        pieces.append(.display(data: data, metadata: metadata))
      case .output(let cell, let output, let place):
        pieces.append(.output(cell: cell, output, place: place))
      case .clear(let cell): pieces.append(.clear(cell: cell))
      case nil: break
      }
    }
    // What came since the last event that was written.
    for stream in ChildStream.allCases { add(stream, (sizes[stream] ?? 0) - (ends[stream] ?? 0)) }
  }

  /// How many things were displayed.
  var displayCount: Int { pieces.count { if case .display = $0 { true } else { false } } }

  /// The text of a part of a stream; of a long one its beginning and its end, and in between where the rest is.
  ///
  /// - Parameter limit: bytes.
  func text(_ stream: ChildStream, _ range: Range<Int64>, limit: Int64) throws -> String {
    let count = range.upperBound - range.lowerBound
    if count <= limit { return try read(stream, range) }
    let (head, tail) = (limit / 4 * 3, limit / 4)
    let start = try read(stream, range.lowerBound..<range.lowerBound + head)
    let end = try read(stream, range.upperBound - tail..<range.upperBound)
    let name = RunTranscript.file(stream, "logs").string
    return
      "\(start)\n[… \(ByteCount(count - head - tail)) left out: all of it is in \(name) …]\n\(end)"
  }

  private func read(_ stream: ChildStream, _ range: Range<Int64>) throws -> String {
    String(
      decoding: try RunTranscript.bytes(of: RunTranscript.file(stream, logs), range), as: UTF8.self)
  }

  /// Fewer than were asked for when the file ends before.
  private static func bytes(of path: FilePath, _ range: Range<Int64>) throws -> [UInt8] {
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    let size = try FileSystem.status(path)?.size ?? 0
    let range = range.clamped(to: 0..<max(0, size))
    return try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let read = pread(
          file.rawValue, buffer.baseAddress.map { $0 + count }, range.count - count,
          off_t(range.lowerBound) + count)
        guard read >= 0 else { throw Failure(errno: errno, "read", path) }
        if read == 0 { break }
        count += read
      }
    }
  }

  private static func file(_ stream: ChildStream, _ folder: FilePath) -> FilePath {
    folder.appending(stream == .output ? "stdout.txt" : "stderr.txt")
  }
}

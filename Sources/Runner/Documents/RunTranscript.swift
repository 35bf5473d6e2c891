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
    case display(MediaBundle)
  }

  private(set) var pieces: [Piece] = []
  /// The name of the script that ran.
  private(set) var script: String?
  private let logs: FilePath

  /// Events beyond this many bytes are not read; what they say of the streams comes at the end then.
  private static let most = 256 << 20

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
      FileSystem.isFile(events) ? try FileSystem.read(events, limit: RunTranscript.most) : []
    for line in bytes.split(separator: 0x0A) {
      guard let event = try? JSONValue(parsing: Array(line), allowsNonFinite: true) else {
        continue
      }
      switch event["kind"]?.string {
      case "stream":
        let stream = event["name"]?.string == "stderr" ? ChildStream.error : .output
        add(stream, event["bytes"]?.int ?? 0)
      case "status": script = event["script"]?.string ?? script
      case "cell":
        if let number = event["cell"]?.int { pieces.append(.cell(Int(clamping: number))) }
      case "display":
        if let bundle = try? MediaBundle(event) { pieces.append(.display(bundle)) }
      default: break
      }
    }
    // What came since the last event that was written.
    for stream in ChildStream.allCases { add(stream, (sizes[stream] ?? 0) - (ends[stream] ?? 0)) }
  }

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
    let path = RunTranscript.file(stream, logs)
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    let wanted = Int(clamping: range.upperBound - range.lowerBound)
    let bytes = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      while count < wanted {
        let read = pread(
          file.rawValue, buffer.baseAddress.map { $0 + count }, wanted - count,
          off_t(range.lowerBound) + count)
        guard read >= 0 else { throw Failure(errno: errno, "read", path) }
        if read == 0 { break }
        count += read
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func file(_ stream: ChildStream, _ folder: FilePath) -> FilePath {
    folder.appending(stream == .output ? "stdout.txt" : "stderr.txt")
  }
}

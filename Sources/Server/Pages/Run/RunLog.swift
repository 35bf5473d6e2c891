import Platform
import Runner

/// What a run wrote to its two streams, as one text in the order in which it came.
///
/// The streams are files beside each other; the run's events (`document/events.jsonl`) say which part of which came when. A place in the log is a
/// number of bytes of both together, so that any stretch of a log of any size is read without the rest.
struct RunLog: Sendable {
  enum Stream: String, Sendable { case output = "stdout", error = "stderr" }

  struct Piece: Sendable, Hashable {
    var stream: Stream
    var bytes: [UInt8]
  }

  private let folder: ArtifactFolder
  private let parts: [LogIndex.Part]
  /// Bytes of both streams.
  let size: Int64

  /// Reads the events from their beginning.
  init(in folder: ArtifactFolder) {
    let sizes = Self.sizes(in: folder)
    var index = LogIndex()
    let bytes = (try? folder.bytes(of: Self.events, 0..<Self.most)) ?? nil
    for line in (bytes ?? []).split(separator: 0x0A) {
      guard case .stream(let told, let count)? = DocumentEvent(streamed: line)?.kind else {
        continue
      }
      let stream = Stream(told)
      index.take(stream, count, size: sizes[stream] ?? 0)
    }
    // What came since the last event, and logs without events.
    for stream in [Stream.output, .error] { index.take(stream, upTo: sizes[stream] ?? 0) }
    self.init(in: folder, index)
  }

  /// - Parameter index: of all that is to be read.
  init(in folder: ArtifactFolder, _ index: LogIndex) {
    (self.folder, parts, size) = (folder, index.parts, index.size)
  }

  static let events = "document/events.jsonl"
  /// Events beyond this many bytes are not read; what they say of the streams comes at the end then.
  private static let most: Int64 = 64 << 20

  static func sizes(in folder: ArtifactFolder) -> [Stream: Int64] {
    let streams = [Stream.output, .error].map { ($0, folder.size(of: file($0)) ?? 0) }
    return Dictionary(uniqueKeysWithValues: streams)
  }

  static func file(_ stream: Stream) -> String { "logs/\(stream.rawValue).txt" }

  /// What stands in a stretch of the log.
  func read(_ range: Range<Int64>) throws -> [Piece] {
    let range = range.clamped(to: 0..<max(0, size))
    var index = parts.firstIndex { $0.place + $0.count > range.lowerBound } ?? parts.count
    var pieces: [Piece] = []
    while index < parts.count, parts[index].place < range.upperBound {
      let part = parts[index]
      let from = max(range.lowerBound, part.place) - part.place
      let to = min(range.upperBound, part.place + part.count) - part.place
      let bytes = try folder.bytes(
        of: Self.file(part.stream), part.start + from..<part.start + to)
      guard let bytes else { break }
      pieces.append(Piece(stream: part.stream, bytes: bytes))
      index += 1
    }
    return pieces
  }
}

extension RunLog.Stream {
  init(_ stream: ChildStream) { self = stream == .output ? .output : .error }
}

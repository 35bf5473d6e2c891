import Platform
import Runner

/// Which part of which stream came when: what a run's events say of its two streams. It grows with them.
struct LogIndex: Sendable {
  struct Part: Sendable, Hashable {
    var stream: RunLog.Stream
    /// In its file, and in the whole log.
    var start: Int64
    var place: Int64
    var count: Int64
  }

  private(set) var parts: [Part] = []
  /// Bytes of both streams.
  private(set) var size: Int64 = 0
  private var ends: [RunLog.Stream: Int64] = [:]
  private var told: [RunLog.Stream: Int64] = [:]

  /// Takes what an event says, as far as there is so much in the stream's file.
  mutating func take(_ stream: RunLog.Stream, _ count: Int64, size: Int64) {
    let (sum, overflows) = (told[stream] ?? 0).addingReportingOverflow(max(0, count))
    told[stream] = overflows ? .max : sum
    take(stream, upTo: min(told[stream] ?? 0, size))
  }

  /// Takes what stands in the file of a stream up to a place, told of or not.
  mutating func take(_ stream: RunLog.Stream, upTo end: Int64) {
    let start = ends[stream] ?? 0
    guard end > start else { return }
    if let last = parts.last, last.stream == stream {
      parts[parts.count - 1].count += end - start
    } else {
      parts.append(Part(stream: stream, start: start, place: size, count: end - start))
    }
    ends[stream] = end
    size += end - start
  }

  /// Where in the log a byte of a stream's file stands.
  func place(of stream: RunLog.Stream, at offset: Int64) -> Int64 {
    let part = parts.last { $0.stream == stream && $0.start <= offset }
    return part.map { $0.place + min($0.count, offset - $0.start) } ?? 0
  }
}

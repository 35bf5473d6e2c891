import Platform

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

  private struct Part: Sendable {
    var stream: Stream
    /// In its file, and in the whole log.
    var start: Int64
    var place: Int64
    var count: Int64
  }

  private let folder: ArtifactFolder
  private let parts: [Part]
  /// Bytes of both streams.
  let size: Int64

  init(in folder: ArtifactFolder) {
    self.folder = folder
    var ends: [Stream: Int64] = [.output: 0, .error: 0]
    var place: Int64 = 0
    var parts: [Part] = []
    let sizes = [Stream.output, .error].map { stream -> (Stream, Int64) in
      (stream, folder.size(of: Self.file(stream)) ?? 0)
    }
    let limits = Dictionary(uniqueKeysWithValues: sizes)
    func add(_ stream: Stream, _ count: Int64) {
      let start = ends[stream] ?? 0
      let count = min(count, (limits[stream] ?? 0) - start)
      guard count > 0 else { return }
      if let last = parts.last, last.stream == stream {
        parts[parts.count - 1].count += count
      } else {
        parts.append(Part(stream: stream, start: start, place: place, count: count))
      }
      ends[stream] = start + count
      place += count
    }
    for (stream, count) in Self.events(folder) { add(stream, count) }
    // What came since the last event, and logs without events.
    for (stream, size) in sizes { add(stream, size - (ends[stream] ?? 0)) }
    self.parts = parts
    self.size = place
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

  /// The events of streams, found by their shape: there can be a hundred thousand of them.
  private static func events(_ folder: ArtifactFolder) -> [(Stream, Int64)] {
    guard let bytes = try? folder.bytes(of: "document/events.jsonl", 0..<(64 << 20)) else {
      return []
    }
    return bytes.split(separator: 0x0A).compactMap { line in
      guard line.prefix(60).contains(sequence: "\"kind\":\"stream\"") else { return nil }
      let isError = line.contains(sequence: "stderr\"")
      guard let start = line.lastIndex(of: UInt8(ascii: ":")) else { return nil }
      var count: Int64 = 0
      for byte in line[(start + 1)...] {
        guard byte >= 0x30, byte <= 0x39 else { break }
        let (shifted, overflows) = count.multipliedReportingOverflow(by: 10)
        if overflows { return nil }
        count = shifted &+ Int64(byte - 0x30)
        if count < 0 { return nil }
      }
      return (isError ? .error : .output, count)
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func contains(sequence text: StaticString) -> Bool {
    let wanted = text.withUTF8Buffer { Array($0) }
    guard count >= wanted.count else { return false }
    return (startIndex...(endIndex - wanted.count)).contains { start in
      self[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}

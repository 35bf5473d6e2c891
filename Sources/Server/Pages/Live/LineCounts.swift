import Platform

/// How many lines stand in long stretches of a run's streams, counted once however often they are asked for.
struct LineCounts: Sendable {
  private struct Key: Hashable { var stream: RunLog.Stream, start: Int64 }

  /// Up to where the lines of a stretch were counted, and how many there are; nil lines: too many to be counted.
  private var counted: [Key: (end: Int64, lines: Int?)] = [:]

  /// Nobody waits for more to be counted at a time.
  private static let most: Int64 = 64 << 20
  private static let piece: Int64 = 1 << 20

  /// The line ends between two places of a stream's file; nil when nobody knows.
  ///
  /// A stretch that begins where one did before, and ends no earlier, costs what it has more.
  mutating func lines(
    of stream: RunLog.Stream, _ range: Range<Int64>, in folder: ArtifactFolder
  ) -> Int? {
    let key = Key(stream: stream, start: range.lowerBound)
    var (end, lines) = counted[key] ?? (range.lowerBound, 0)
    if end > range.upperBound { (end, lines) = (range.lowerBound, 0) }
    if range.upperBound - end > Self.most { lines = nil }
    while let known = lines, end < range.upperBound {
      let piece = end..<min(range.upperBound, end + Self.piece)
      guard let bytes = (try? folder.bytes(of: RunLog.file(stream), piece)) ?? nil,
        !bytes.isEmpty
      else { return nil }
      lines = known + bytes.withUnsafeBufferPointer { $0.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
      end += Int64(bytes.count)
    }
    if counted.count > 4096 { counted = [:] }
    counted[key] = (range.upperBound, lines)
    return lines
  }
}

import Platform

/// The bytes of a column's pages in a group of rows, read in pieces as they are needed.
struct ParquetChunkBytes: Sendable {
  private let source: ByteSource
  /// Where the bytes begin that are not read yet, and how many there are.
  private var offset: UInt64
  private var rest: Int
  /// What was read, and how much of it is done with.
  private(set) var bytes: [UInt8] = []
  private(set) var place = 0

  private static let step = 1 << 18

  /// Nil when the file is shorter.
  init?(_ source: ByteSource, from start: Int, count: Int) {
    guard start >= 0, count >= 0, UInt64(start) <= source.count,
      UInt64(count) <= source.count - UInt64(start)
    else { return nil }
    self.source = source
    offset = UInt64(start)
    rest = count
  }

  /// Bytes that are not done with, read or not.
  var remaining: Int { bytes.count - place + rest }

  /// Reads on until so many bytes are at hand, or all.
  ///
  /// - Throws: ``ParseFailure`` when the file has become shorter; ``Failure`` when it cannot be read.
  mutating func need(_ count: Int) throws {
    let missing = count - (bytes.count - place)
    guard missing > 0, rest > 0 else { return }
    let step = min(rest, max(missing, Self.step))
    guard let more = try source.read(at: offset, step) else {
      throw ParseFailure("the file has become shorter while it was read")
    }
    bytes = place == bytes.count ? more : bytes[place...] + more
    place = 0
    offset += UInt64(step)
    rest -= step
  }

  /// - Precondition: they are at hand.
  mutating func skip(_ count: Int) { place += count }
}

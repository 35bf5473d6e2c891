import Platform

/// A text of a stream by its beginning and its end, so that a cell that prints for hours shows on a page.
struct StreamExcerpt: Sendable, Hashable {
  /// All of it when nothing is hidden.
  private(set) var head: String
  private(set) var tail = ""
  /// What stands between them, as bytes of the stream's file; nil when nothing does.
  private(set) var hidden: Range<Int64>?

  /// Bytes of each of the two.
  static let window: Int64 = 12 << 10
  static let headLines = 15
  static let tailLines = 25

  /// - Parameter range: of the stream's file, in bytes.
  init(_ stream: RunLog.Stream, _ range: Range<Int64>, in folder: ArtifactFolder) {
    let read = { (range: Range<Int64>) -> [UInt8] in
      ((try? folder.bytes(of: RunLog.file(stream), range)) ?? nil) ?? []
    }
    let isShort = range.upperBound - range.lowerBound <= 2 * Self.window
    let first = read(isShort ? range : range.lowerBound..<range.lowerBound + Self.window)
    let last = isShort ? first : read(range.upperBound - Self.window..<range.upperBound)
    let headEnd = Self.end(ofLines: Self.headLines, in: first)
    let tailStart = Self.start(ofLines: Self.tailLines, in: last, isWhole: isShort)
    let hidden =
      range.lowerBound
      + Int64(headEnd)..<max(
        range.lowerBound + Int64(headEnd), range.upperBound - Int64(last.count - tailStart))
    if isShort, hidden.isEmpty || headEnd == 0 {
      head = Self.text(first)
      return
    }
    head = Self.text(first[..<headEnd])
    tail = Self.text(last[tailStart...])
    self.hidden = hidden.isEmpty ? nil : hidden
  }

  /// Behind so many whole lines.
  private static func end(ofLines count: Int, in bytes: [UInt8]) -> Int {
    var end = 0
    for _ in 0..<count {
      guard let next = bytes[end...].firstIndex(of: 0x0A) else { break }
      end = next + 1
    }
    return end
  }

  /// Where so many lines begin that stand at the end; the first of a piece may be the end of one.
  private static func start(ofLines count: Int, in bytes: [UInt8], isWhole: Bool) -> Int {
    var start = bytes.count
    var scan = bytes.last == 0x0A ? bytes.count - 1 : bytes.count
    for _ in 0..<count {
      guard let before = bytes[..<scan].lastIndex(of: 0x0A) else {
        if isWhole { return 0 }
        // One line that fills the piece is shown from its first whole character.
        return start < bytes.count ? start : bytes.firstIndex { $0 & 0xC0 != 0x80 } ?? start
      }
      start = before + 1
      scan = before
    }
    return start
  }

  private static func text(_ bytes: some Collection<UInt8>) -> String {
    Redrawn.text(String(decoding: bytes, as: UTF8.self))
  }
}

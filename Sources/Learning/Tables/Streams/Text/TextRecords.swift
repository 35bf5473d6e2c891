import Compute
import Platform

/// How the records of a text become rows.
protocol TextRecords: Sendable {
  /// Reads the records that begin in a range of a piece of text into a part, which is empty.
  ///
  /// - Parameters:
  ///   - start: where a record begins, as far as is known.
  ///   - end: records that begin here or behind it are not read.
  func read(_ part: TablePart, _ piece: TextPiece, from start: Int, before end: Int) -> TextOutcome
}

/// Some text that follows each other.
struct TextPiece {
  var bytes: UnsafeBufferPointer<UInt8>
  /// Whether the text ends where `bytes` ends.
  var isWhole: Bool
  /// See ``TextWindow/safeStart``.
  var safeStart: Int
  /// Behind the last newline; 0 when there is none.
  var lineEnd: Int
  /// Whether the text begins where `bytes` begins.
  var isFirst: Bool

  init(_ window: TextWindow) {
    bytes = window.bytes
    isWhole = window.isAtEnd
    safeStart = window.safeStart
    lineEnd = window.lineEnd
    isFirst = window.start == 0
  }
}

/// What came of reading a part of a text.
struct TextOutcome {
  var start: Int
  /// Where the next part begins, and how many lines further on that is.
  var end: Int
  var lines = 0
  /// Whether the piece ended before the part did.
  var isCutOff = false
  /// Its line is counted from the part's own beginning, its offset from the piece's.
  var problem: ParseFailure?

  init(start: Int) {
    self.start = start
    end = start
  }
}

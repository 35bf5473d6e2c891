/// What one quick look over a file's bytes tells, so that most files need no closer one.
struct ByteSurvey: Sendable {
  private let marks: UInt8

  init(_ bytes: [UInt8]) {
    marks = bytes.withUnsafeBufferPointer { bytes in
      var marks: UInt8 = 0
      // Without a branch, so that many bytes are looked at together.
      for byte in bytes {
        marks |= byte == 0x0D ? 1 : 0
        marks |= (byte == 0x28) || (byte == 0x5B) || (byte == 0x7C) ? 2 : 0
        marks |= byte == 0x25 ? 4 : 0
        marks |= (byte < 0x20) && (byte != 9) && (byte != 10) && (byte != 13) ? 8 : 0
        marks |= byte & 0x80
      }
      return marks
    }
  }

  var hasReturns: Bool { marks & 1 != 0 }
  /// `(`, `[` or `|`.
  var hasCallSigns: Bool { marks & 2 != 0 }
  var hasPercentSigns: Bool { marks & 4 != 0 }
  /// Control characters but tabulators and line ends.
  var hasControls: Bool { marks & 8 != 0 }
  var isASCII: Bool { marks & 0x80 == 0 }
}

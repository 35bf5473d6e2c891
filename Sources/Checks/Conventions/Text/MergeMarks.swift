import Glibc
import Python

/// The lines that git writes around the sides of a conflict.
enum MergeMarks {
  /// Where they stand: the seven characters that a line begins with. None in a file without `<<<<<<< `, which means
  /// nothing else; the others do.
  static func ranges(in file: CheckedFile) -> [Range<Int>] {
    guard hasOpening(file.bytes) else { return [] }
    return (1...max(1, file.lines.count)).compactMap { line in
      let start = file.lines.start(ofLine: line)
      return isMark(file.bytes[start...]) ? start..<(start + 7) : nil
    }
  }

  /// Whether a line that begins here is one of them.
  static func isMark(_ rest: ArraySlice<UInt8>) -> Bool {
    marks.contains { rest.starts(with: $0) } || isMiddle(rest.prefix(8))
  }

  /// A file without it costs one look at each byte by the C library's vector code.
  private static func hasOpening(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      var place = 0
      while let found = memchr(base + place, 0x3C, bytes.count - place) {
        let start = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        if start == 0 || bytes[start - 1] == 0x0A, bytes[start...].starts(with: marks[0]) {
          return true
        }
        place = start + 1
      }
      return false
    }
  }

  private static let marks = ["<<<<<<< ", "||||||| ", ">>>>>>> "].map { Array($0.utf8) }

  private static func isMiddle(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count >= 7, line.prefix(7).allSatisfy({ $0 == UInt8(ascii: "=") }) else {
      return false
    }
    return line.count == 7 || line.last == 0x0A || line.last == 0x0D
  }
}

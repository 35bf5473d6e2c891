/// Compares two lines in which only numbers may differ.
enum NumberTokens {
  struct Pair {
    var old: WrittenNumber
    var new: WrittenNumber

    func isSame(_ tolerance: Tolerance) -> Bool { old.isSame(as: new, tolerance) }
  }

  /// The numbers that are written differently, in order; nil when anything else differs.
  ///
  /// Digits in a word, a version (`1.2.3`) or a date are no number.
  static func pairs(_ old: [UInt8], _ new: [UInt8]) -> [Pair]? {
    var pairs: [Pair] = []
    var (i, j) = (0, 0)
    while i < old.count, j < new.count {
      let (a, b) = (number(old, at: i), number(new, at: j))
      if a > 0, b > 0 {
        let (x, y) = (old[i..<i + a], new[j..<j + b])
        if x != y {
          guard let x = WrittenNumber(x), let y = WrittenNumber(y) else { return nil }
          pairs.append(Pair(old: x, new: y))
        }
        i += a
        j += b
      } else {
        guard a == b, old[i] == new[j] else { return nil }
        i += 1
        j += 1
      }
    }
    return i == old.count && j == new.count ? pairs : nil
  }

  /// Bytes of the number that begins at a place; 0 when none does.
  private static func number(_ text: [UInt8], at start: Int) -> Int {
    let isSigned = text[start] == 0x2B || text[start] == 0x2D
    guard isSigned || text[start] == 0x2E || (0x30...0x39).contains(text[start]),
      start == 0 || !isInWord(text[start - 1]),
      let length = WrittenNumber.length(text, at: start + (isSigned ? 1 : 0))
    else { return 0 }
    let end = start + length + (isSigned ? 1 : 0)
    if end < text.count {
      if isInWord(text[end]) && text[end] != 0x2E { return 0 }
      // `1.2.3`, `2026-11-22`, `12:03`.
      let isDigitNext = end + 1 < text.count && (0x30...0x39).contains(text[end + 1])
      if isDigitNext, [0x2E, 0x2D, 0x3A, 0x2F].contains(text[end]) { return 0 }
    }
    return end - start
  }

  private static func isInWord(_ byte: UInt8) -> Bool {
    byte == 0x5F || byte == 0x2E || byte >= 0x80 || (0x30...0x39).contains(byte)
      || (0x41...0x5A).contains(byte & 0xDF)
  }
}

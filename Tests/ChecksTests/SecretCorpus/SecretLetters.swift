import Support

/// Letters that made-up secrets are made of.
enum SecretLetters {
  static let lower = "abcdefghijklmnopqrstuvwxyz"
  static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  static let digits = "0123456789"
  static let hex = "0123456789abcdef"
  static let letters = lower + upper
  static let all = lower + upper + digits
  static let url = all + "_-"
  static let base64 = all + "+/"
  static let base32 = upper + "234567"
}

extension SeededRandom {
  /// Some letters of an alphabet.
  mutating func text(_ count: Int, _ alphabet: String = SecretLetters.all) -> String {
    let letters = Array(alphabet)
    return String((0..<count).map { _ in pick(letters) })
  }

  /// Eight, four, four, four and twelve hexadecimal digits.
  mutating func uuid() -> String {
    [8, 4, 4, 4, 12].map { text($0, SecretLetters.hex) }.joined(separator: "-")
  }

  /// A number from a range.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }
}

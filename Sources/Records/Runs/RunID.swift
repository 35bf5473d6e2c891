import Platform

/// The name of a run that never changes: 16 random bytes, written as 32 lower-case hexadecimal digits, as MLflow does.
package struct RunID: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A new id, from the system's random numbers.
  package static func random() -> RunID {
    RunID(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max))
  }

  /// The id that a text spells in full: 32 hexadecimal digits, lower case.
  package init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 32, let high = UInt64(lowerHex: digits[..<16]),
      let low = UInt64(lowerHex: digits[16...])
    else { return nil }
    self.init(high: high, low: low)
  }

  /// The id as 32 lower-case hexadecimal digits.
  package var hex: String {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { hexadecimal($0) }
  }
}

extension RunID: CustomStringConvertible {
  package var description: String { hex }
}

extension UInt64 {
  /// Sixteen lower-case hexadecimal digits.
  fileprivate init?(lowerHex digits: ArraySlice<UInt8>) {
    self = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        self = self << 4 | UInt64(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"):
        self = self << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
  }
}

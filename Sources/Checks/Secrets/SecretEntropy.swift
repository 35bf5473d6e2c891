/// How evenly a secret must use its letters: Shannon's entropy, in bits a character.
package struct SecretEntropy: Sendable, Hashable {
  /// Which letters a secret is made of; other ones rule it out.
  package enum Alphabet: String, Sendable, CaseIterable {
    case any, hex, base64, alphanumeric
  }

  package var least: Double
  package var alphabet: Alphabet

  package init(least: Double, alphabet: Alphabet = .any) {
    self.least = least
    self.alphabet = alphabet
  }

  func holds(_ secret: ArraySlice<UInt8>) -> Bool {
    secret.allSatisfy(alphabet.contains) && Self.bits(secret) >= least
  }

  /// Bits a character.
  static func bits(_ text: ArraySlice<UInt8>) -> Double {
    guard !text.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    for byte in text { counts[Int(byte)] += 1 }
    var bits = 0.0
    for count in counts where count > 0 {
      let share = Double(count) / Double(text.count)
      bits -= share * Self.logarithm(share)
    }
    return bits
  }

  /// The logarithm to the base of two of a number above 0 and not above 1. Within 1e-9, and without the C library's, which
  /// may differ in its last bits from one machine to the next.
  private static func logarithm(_ number: Double) -> Double {
    let part = number.significand
    // 2 artanh((x - 1) / (x + 1)) is the natural logarithm; the significand lies from 1 to 2.
    let ratio = (part - 1) / (part + 1)
    var sum = 0.0
    var power = ratio
    for term in stride(from: 1.0, through: 21.0, by: 2) {
      sum += power / term
      power *= ratio * ratio
    }
    return Double(number.exponent) + 2 * sum * 1.4426950408889634
  }
}

extension SecretEntropy.Alphabet {
  func contains(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39: true
    case 0x41...0x46, 0x61...0x66: true
    case 0x47...0x5A, 0x67...0x7A: self != .hex
    case 0x2B, 0x2D, 0x2F, 0x3D, 0x5F: self == .base64 || self == .any
    default: self == .any
    }
  }
}

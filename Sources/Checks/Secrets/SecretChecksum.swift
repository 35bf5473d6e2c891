/// A check that a provider builds into its tokens, so that a look-alike is told from a real one without asking anybody.
package enum SecretChecksum: String, Sendable, CaseIterable {
  /// The last six characters are CRC-32 of those between the first `_` and them, in base 62: GitHub's and npm's tokens
  /// (https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats).
  case crc32Base62 = "crc32-base62"

  func holds(_ secret: ArraySlice<UInt8>) -> Bool {
    guard let mark = secret.firstIndex(of: UInt8(ascii: "_")) else { return false }
    let body = secret[(mark + 1)...]
    guard body.count > 6 else { return false }
    return Self.ending(of: body.dropLast(6)) == Array(body.suffix(6))
  }

  /// The six characters that stand behind a token's random part.
  package static func ending(of body: ArraySlice<UInt8>) -> [UInt8] {
    let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    var value = crc32(body)
    var result: [UInt8] = []
    for _ in 0..<6 {
      result.append(digits[Int(value % 62)])
      value /= 62
    }
    return result.reversed()
  }

  private static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~sum
  }
}

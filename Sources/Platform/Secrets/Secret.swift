import CCrypto

/// What passwords and tokens are made and compared with, by libcrypto.
package enum Secret {
  /// Bytes that nobody can guess.
  package static func random(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard RAND_bytes(&bytes, Int32(count)) == 1 else {
      throw Failure(.io, "the system gave no random bytes")
    }
    return bytes
  }

  /// Text of letters and digits that nobody can guess; each has a little less than 6 bits.
  package static func text(_ count: Int) throws -> String {
    var result: [UInt8] = []
    while result.count < count {
      // What does not divide evenly among 62 is drawn again.
      for byte in try random(count * 2) where byte < 248 && result.count < count {
        result.append(alphabet[Int(byte % 62)])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether two secrets are the same; the time it takes tells only their lengths.
  package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
}

import CCrypto

/// A password as it is stored: by scrypt (RFC 7914), with a salt of its own.
///
/// The text is the one of Python's Werkzeug, `scrypt:N:r:p$salt$hexadecimal`, so that users of an MLflow server keep
/// their passwords. Making and checking one costs 16 MB of memory and about 0.2 s, as OWASP advises.
package struct Scrypt: Sendable, Hashable {
  /// The cost in memory and time, a power of two; the size of blocks; how often it is done.
  package let n: UInt64
  package let r: UInt64
  package let p: UInt64
  package let salt: String
  package let digest: [UInt8]

  /// Of a new password.
  package init(password: String) throws {
    try self.init(password: password, salt: Secret.text(16), n: 1 << 14, r: 8, p: 5)
  }

  package init(password: String, salt: String, n: UInt64, r: UInt64, p: UInt64) throws {
    (self.n, self.r, self.p, self.salt) = (n, r, p, salt)
    digest = try Scrypt.derive(password, salt, n, r, p, count: 64)
  }

  /// As costly as any, and nobody's: its digest belongs to no password.
  package static let decoy = Scrypt(decoySalt: "nobody")

  private init(decoySalt: String) {
    (n, r, p, salt) = (1 << 14, 8, 5, decoySalt)
    digest = [UInt8](repeating: 0, count: 64)
  }

  /// Reads the text of one; nil when it is none, or asks for more than 128 MB.
  package init?(parsing text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let method = parts[0].split(separator: ":", omittingEmptySubsequences: false)
    let digits = Array(parts[2].utf8)
    guard method.count == 4, method[0] == "scrypt", let n = UInt64(method[1]),
      let r = UInt64(method[2]), let p = UInt64(method[3]), n > 1, n <= 1 << 20, n & (n - 1) == 0,
      (1...64).contains(r), (1...16).contains(p), n * r <= 1 << 20,
      digits.count % 2 == 0, (32...256).contains(digits.count)
    else { return nil }
    var digest: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[index...index + 1], as: UTF8.self)
      guard pair.allSatisfy(\.isHexDigit), let byte = UInt8(pair, radix: 16) else { return nil }
      digest.append(byte)
    }
    (self.n, self.r, self.p, salt, self.digest) = (n, r, p, String(parts[1]), digest)
  }

  package var text: String {
    "scrypt:\(n):\(r):\(p)$\(salt)$\(hexadecimal(digest))"
  }

  /// Whether a password is the one; takes as long for a wrong one.
  package func matches(_ password: String) throws -> Bool {
    Secret.equal(try Scrypt.derive(password, salt, n, r, p, count: digest.count), digest)
  }

  private static func derive(
    _ password: String, _ salt: String, _ n: UInt64, _ r: UInt64, _ p: UInt64, count: Int
  ) throws -> [UInt8] {
    let secret = Array(password.utf8).map { CChar(bitPattern: $0) }
    let salt = Array(salt.utf8)
    var bytes = [UInt8](repeating: 0, count: count)
    // The memory that it may take: what it needs and some more.
    let memory = 128 * n * r + 128 * r * p + (1 << 20)
    let done = EVP_PBE_scrypt(
      secret, secret.count, salt, salt.count, n, r, p, memory, &bytes, count)
    guard done == 1 else { throw Failure(.io, "scrypt failed: not enough memory") }
    return bytes
  }
}

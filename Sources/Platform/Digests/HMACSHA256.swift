/// HMAC with SHA-256 (RFC 2104) of a message that comes in pieces.
package struct HMACSHA256: ~Copyable {
  private static let block = 64

  private var inner = SHA256()
  private let outerKey: [UInt8]

  package init(key: [UInt8]) {
    var key = key.count > Self.block ? SHA256.digest(of: key).bytes : key
    key += [UInt8](repeating: 0, count: Self.block - key.count)
    inner.update(key.map { $0 ^ 0x36 })
    outerKey = key.map { $0 ^ 0x5C }
  }

  package mutating func update(_ bytes: some Collection<UInt8>) { inner.update(bytes) }

  /// The code of all that came: 32 bytes.
  package consuming func finish() -> Digest {
    var outer = SHA256()
    outer.update(outerKey)
    outer.update(inner.finish().bytes)
    return outer.finish()
  }
}

/// HMAC with SHA-256 (RFC 2104) of a whole message.
package func hmacSHA256(_ key: [UInt8], _ message: some Collection<UInt8>) -> [UInt8] {
  var code = HMACSHA256(key: key)
  code.update(message)
  return code.finish().bytes
}

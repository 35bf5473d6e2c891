import Platform

/// The key of a connection, with which both sides sign (`hmac-sha256`, the only scheme in use).
struct WireKey: Sendable {
  /// As it stands in the connection file; an empty one means that nothing is signed.
  let text: String

  /// The lower-case hexadecimal signature of the four parts of a message, as they are sent.
  func signature(of parts: some Sequence<[UInt8]>) -> [UInt8] {
    guard !text.isEmpty else { return [] }
    var code = HMACSHA256(key: Array(text.utf8))
    for part in parts { code.update(part) }
    return Array(code.finish().hex.utf8)
  }

  /// Whether a signature is the right one; takes as long for every wrong one.
  func accepts(_ signature: [UInt8], of parts: some Sequence<[UInt8]>) -> Bool {
    let expected = self.signature(of: parts)
    guard signature.count == expected.count else { return false }
    return zip(signature, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

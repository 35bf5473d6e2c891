import Platform
import SystemPackage

/// The SHA-256 of a content, kept beside its md5: two contents of one md5 can be made on purpose, two of one SHA-256 cannot.
package struct StrongDigest: Sendable, Hashable {
  /// The 32 bytes, the first one highest. Small enough for a table of a million.
  private let words: SIMD4<UInt64>

  init(_ digest: Digest) {
    var words = SIMD4<UInt64>()
    for (index, byte) in digest.bytes.prefix(32).enumerated() {
      words[index / 8] = words[index / 8] << 8 | UInt64(byte)
    }
    self.words = words
  }

  /// Reads 64 hexadecimal digits in either case; nil when the text is anything else.
  package init?(hex text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 64, let first = MD5Digest(hex: digits[..<32]),
      let last = MD5Digest(hex: digits[32...])
    else { return nil }
    words = SIMD4(first.high, first.low, last.high, last.low)
  }

  /// The first and the last sixteen bytes.
  var halves: (MD5Digest, MD5Digest) {
    (MD5Digest(high: words[0], low: words[1]), MD5Digest(high: words[2], low: words[3]))
  }

  /// 64 lower-case hexadecimal digits.
  package var hex: String { halves.0.hex + halves.1.hex }

  package static func digest(of bytes: some Collection<UInt8>) -> StrongDigest {
    StrongDigest(SHA256.digest(of: bytes))
  }

  /// What is said of a content whose md5 is right.
  static func tampered(_ what: String, hint: String?) -> Failure {
    Failure(
      .corrupt,
      "\(what): the MD5 is right and the SHA-256 is not, which does not happen by chance; somebody may have replaced the content by another of the same MD5",
      hint: hint)
  }
}

/// A SHA-256 that is fed beside an MD5, in one of many lanes.
final class StrongHash {
  private var hash: SHA256? = SHA256()

  func update(_ bytes: UnsafeRawBufferPointer) { hash?.update(bytes) }

  /// The digest of all that came. To be asked for once.
  func finish() -> StrongDigest {
    guard let hash = hash.take() else { preconditionFailure("a digest is finished once") }
    return StrongDigest(hash.finish())
  }
}

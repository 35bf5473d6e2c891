import Platform

/// A secret that was found.
package struct SecretMatch: Sendable, Hashable {
  /// The rule's id.
  package var rule: String
  /// The secret's bytes in the text.
  package var range: Range<Int>
  /// What may be shown of it.
  package var masked: String
}

extension SecretMatch {
  /// A secret with all but its first four and last two characters hidden; a short one is hidden as a whole.
  ///
  /// The stars are as many as the characters, but never more than 32.
  package static func mask(_ secret: some Sequence<UInt8>) -> String {
    let text = String(decoding: Array(secret), as: UTF8.self)
    let characters = Array(text)
    func stars(_ count: Int) -> String { String(repeating: "*", count: min(count, 32)) }
    guard characters.count >= 16 else { return stars(characters.count) }
    // A line's end, as in a private key, would tear the report apart.
    func shown(_ part: ArraySlice<Character>) -> String {
      String(part.map { $0.isNewline || $0.isWhitespace ? " " : $0 })
    }
    return shown(characters.prefix(4)) + stars(characters.count - 6) + shown(characters.suffix(2))
  }

  /// A piece of a text, such as the line of a finding, with the parts of secrets in it masked: what a report may show.
  package static func text(
    of range: Range<Int>, in bytes: [UInt8], hiding secrets: [Range<Int>]
  ) -> String {
    var result: [UInt8] = []
    var position = range.lowerBound
    for secret in secrets.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let hidden = secret.clamped(to: range)
      guard !hidden.isEmpty, hidden.upperBound > position else { continue }
      let start = max(hidden.lowerBound, position)
      result += bytes[position..<start]
      // What is only a part of the secret shows nothing of it.
      let isWhole = start == secret.lowerBound && hidden.upperBound == secret.upperBound
      let stars = String(repeating: "*", count: min(hidden.upperBound - start, 32))
      result += Array((isWhole ? mask(bytes[secret]) : stars).utf8)
      position = hidden.upperBound
    }
    result += bytes[position..<max(position, range.upperBound)]
    return String(decoding: result, as: UTF8.self)
  }

  /// Stands for a secret in an allow list, which may be read by everybody: SHA-256 of a salt, the rule and the secret,
  /// the first 16 hexadecimal digits. The salt is the project's own, so lists of other projects say nothing about it.
  package static func fingerprint(
    salt: String, rule: String, secret: some Sequence<UInt8>
  ) -> String {
    // A NUL stands in none of the first two, so no two triples are hashed alike.
    let bytes = Array(salt.utf8) + [0] + Array(rule.utf8) + [0] + Array(secret)
    return String(SHA256.digest(of: bytes).hex.prefix(16))
  }
}

/// The secrets of one file, which no report shows.
struct HiddenSecrets {
  private var texts: [(text: String, masked: String)] = []

  init() {}

  init(_ matches: [SecretMatch], in bytes: [UInt8]) {
    for match in matches {
      // A key of several lines is hidden line by line.
      for line in bytes[match.range].split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
      where line.count > 3 {
        texts.append(
          (
            String(decoding: line, as: UTF8.self),
            line.count == match.range.count ? match.masked : SecretMatch.mask(line)
          ))
      }
    }
    // A secret that contains another goes first.
    texts.sort { $0.text.utf8.count > $1.text.utf8.count }
  }

  /// A text with the secrets in it masked.
  func hide(_ text: String) -> String {
    var result = text
    for secret in texts where result.contains(secret.text) {
      result = result.split(separator: secret.text, omittingEmptySubsequences: false)
        .joined(separator: secret.masked)
    }
    return result
  }
}

import SystemPackage

/// Where an MLflow installation says that artifacts are.
package enum ArtifactURI: Sendable, Hashable {
  /// A path of the machine that wrote it, absolute or not.
  case path(String)
  /// `mlflow-artifacts:/…`: below the folder that its server hands out.
  case proxied([String])
  /// Any other address, such as `s3://…`: clients reach it by themselves.
  case remote

  package init(_ text: String) {
    guard let colon = text.firstIndex(of: ":"), ArtifactURI.isScheme(text[..<colon]) else {
      self = .path(text)
      return
    }
    let scheme = text[..<colon].lowercased()
    var rest = text[text.index(after: colon)...]
    switch scheme {
    case "file":
      if rest.hasPrefix("//") { rest = rest.dropFirst(2).drop { $0 != "/" } }
      self = .path(ArtifactURI.decoded(rest))
    case "mlflow-artifacts":
      if rest.hasPrefix("//") { rest = rest.dropFirst(2).drop { $0 != "/" } }
      self = .proxied(rest.split(separator: "/").map(String.init))
    default: self = .remote
    }
  }

  /// RFC 3986: a letter, then letters, digits, `+`, `-` and `.`.
  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A else {
      return false
    }
    return text.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39)
        || [0x2B, 0x2D, 0x2E].contains($0)
    }
  }

  /// Percent-decoded once.
  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

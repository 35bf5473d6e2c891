import Platform
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
    guard let colon = text.firstIndex(of: ":"), URIScheme.isScheme(text[..<colon]) else {
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

import Platform

/// A host and a folder there, as `ssh://USER@HOST:PORT/FOLDER` says them.
package struct SSHAddress: Sendable, Hashable {
  package var user: String?
  package var host: String
  package var port: Int?
  /// Absolute, without a slash at its end unless it is the root.
  package var folder: String

  /// - Parameters:
  ///   - rest: what stands behind `ssh://`.
  ///   - url: the whole.
  /// - Throws: ``Failure`` with code `.invalid`.
  init(_ rest: String, _ url: String) throws {
    let shown = HTTPClient.shown(url)
    let place = rest.prefix { $0 != "/" }
    var end = rest.dropFirst(place.count)
    while end.count > 1, end.last == "/" { end = end.dropLast() }
    folder = end.isEmpty ? "/" : String(end)
    var host = place
    if let at = place.lastIndex(of: "@") {
      let user = place[..<at]
      guard !user.contains(":") else {
        throw Failure(
          .unsupported, "passwords are not supported in `\(shown)`",
          hint: "use a key, and `ssh-agent` if it has a passphrase")
      }
      self.user = String(user)
      host = place[place.index(after: at)...]
    }
    if host.hasPrefix("[") {
      guard let close = host.firstIndex(of: "]") else {
        throw Failure(.invalid, "`\(shown)` has a `[` without `]`")
      }
      let after = host[host.index(after: close)...]
      self.host = String(host[host.index(after: host.startIndex)..<close])
      port = try Self.port(after, shown)
    } else {
      let name = host.prefix { $0 != ":" }
      self.host = String(name)
      port = try Self.port(host[name.endIndex...], shown)
    }
    // None of them may be taken for an option of ssh.
    for text in [self.host, user ?? "x"] {
      guard !text.isEmpty, !text.hasPrefix("-"), text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
      else {
        throw Failure(
          .invalid, "`\(shown)` names no host", hint: "write ssh://USER@HOST/FOLDER")
      }
    }
  }

  private static func port(_ text: Substring, _ shown: String) throws -> Int? {
    guard !text.isEmpty else { return nil }
    guard text.hasPrefix(":"), let port = Int(text.dropFirst()), (1...65535).contains(port) else {
      throw Failure(.invalid, "`\(shown)` has no port that can be", hint: "a number up to 65535")
    }
    return port
  }
}

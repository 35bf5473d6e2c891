/// What can be said of a remote's URL from its text.
enum RemoteURL {
  /// The URL without the user name and password of http; the user of ssh stays, since it is part of the address.
  static func withoutSecrets(_ url: String) -> String {
    guard let scheme = url.range(of: "://") else { return url }
    let rest = url[scheme.upperBound...]
    let authorityEnd = rest.firstIndex(of: "/") ?? rest.endIndex
    guard let at = rest[..<authorityEnd].lastIndex(of: "@") else { return url }
    let user = rest[..<at]
    let start = url[..<scheme.upperBound]
    let end = rest[rest.index(after: at)...]
    let name = url[..<scheme.lowerBound].lowercased()
    if name == "http" || name == "https" { return String(start + end) }
    guard let colon = user.firstIndex(of: ":") else { return url }
    return String(start + user[..<colon] + "@" + end)
  }
}

extension String {
  /// Where a text first stands; nil when it does not.
  func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

import HTTPTypes

/// The hosts by which the server may be called, each with its port.
///
/// A page of another site can have its own name resolve to the loopback address (DNS rebinding); its requests then
/// carry that name in `Host`. So only names on an exact list are answered: no patterns and no ranges of addresses,
/// which also match `10.attacker.example`.
package struct HostRule: Sendable, Hashable {
  /// What `Host` may be, in lower case.
  private let allowed: Set<String>
  /// What probes of orchestrators ask for by an address that nobody knows before.
  private static let openPaths: Set<String> = ["/health"]

  /// - Parameters:
  ///   - port: on which the server listens.
  ///   - address: on which it listens, when it is one address.
  ///   - more: names that a user gave: `name` is allowed without a port and with the server's own, `name:port` only so.
  package init(port: Int, address: String? = nil, more: [String] = []) {
    var allowed: Set<String> = []
    for name in ["localhost", "127.0.0.1", "[::1]"]
      + [address.map(HostRule.bracketed)].compactMap(\.self)
    {
      allowed.insert("\(name):\(port)")
      // Clients leave out the port that the scheme has anyway.
      if port == 80 { allowed.insert(name) }
    }
    for text in more {
      let name = text.lowercased()
      allowed.insert(name)
      if HostRule.split(name)?.port == nil { allowed.insert("\(name):\(port)") }
    }
    self.allowed = allowed
  }

  /// Whether a text can stand in the list: a name or an address, with a port or without; no pattern.
  package static func isHost(_ text: String) -> Bool { split(text.lowercased()) != nil }

  package func allows(_ authority: String) -> Bool { allowed.contains(authority.lowercased()) }

  /// Checks the host that a request names in its target or its head, and leaves the path alone in the target.
  ///
  /// - Throws: status 400 when there is none, or more than one; 403 when it is not on the list.
  package func check(_ request: inout ServerRequest) throws(APIError) {
    // The first `Host` became the authority; what is left is a second one.
    guard request.headers[HostRule.host] == nil else {
      throw APIError("BAD_REQUEST", "There must be one Host header.", status: 400)
    }
    if !request.path.hasPrefix("/") {
      guard let path = HostRule.path(of: request.path, on: request.authority) else {
        throw APIError(
          "BAD_REQUEST", "The target must be a path, or name the host of the Host header.",
          status: 400)
      }
      request.path = path
    }
    guard let authority = request.authority, HostRule.split(authority.lowercased()) != nil else {
      throw APIError("BAD_REQUEST", "The Host header is missing or malformed.", status: 400)
    }
    guard allows(authority) || HostRule.openPaths.contains(request.path) else {
      throw APIError(
        "PERMISSION_DENIED",
        "Invalid Host header: this server is not known by that name. Start it with --allowed-host.",
        status: 403)
    }
  }

  /// The path of an absolute target (`http://host/path`), which names a host of its own; nil when that is not the host
  /// of the head, or the target is none.
  static func path(of target: String, on host: String?) -> String? {
    for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
      let rest = target.dropFirst(scheme.count)
      let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
      guard rest[..<end].lowercased() == host?.lowercased() else { return nil }
      return rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
    }
    return nil
  }

  private static let host = HTTPField.Name("Host").unsafelyUnwrapped

  private static func bracketed(_ address: String) -> String {
    address.contains(":") && !address.hasPrefix("[") ? "[\(address)]" : address.lowercased()
  }

  /// A name and a port; nil when a text is neither. Names are letters, digits, `-`, `_` and dots between them.
  private static func split(_ text: String) -> (name: Substring, port: Int?)? {
    var name = text[...]
    var rest: Substring = ""
    if name.hasPrefix("[") {
      guard let end = name.firstIndex(of: "]") else { return nil }
      rest = name[name.index(after: end)...]
      name = name[...end]
      guard name.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }),
        name.contains(":")
      else { return nil }
    } else {
      let colon = name.firstIndex(of: ":") ?? name.endIndex
      rest = name[colon...]
      name = name[..<colon]
      let labels = name.split(separator: ".", omittingEmptySubsequences: false)
      guard labels.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isNameByte) }) else { return nil }
    }
    guard !rest.isEmpty else { return (name, nil) }
    let digits = rest.dropFirst()
    guard rest.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(digits), (1...65535).contains(port)
    else { return nil }
    return (name, port)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

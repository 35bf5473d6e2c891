import Platform

/// The parts of a URI or path that says where a model's files are, split as Python's `urllib.parse.urlsplit` does.
struct SourceURI: Sendable, Hashable {
  /// In lower case; empty for a path.
  var scheme: String
  /// What stands after `//`.
  var authority: String
  /// As it was given, percent-encoded.
  var path: String
  /// Whether a `?` or a `#` ends the path.
  var hasTail: Bool

  init(_ text: String) {
    var rest = Substring(text)
    while let first = rest.unicodeScalars.first, first.value <= 0x20 { rest.removeFirst() }
    scheme = ""
    if let colon = rest.firstIndex(of: ":"), URIScheme.isScheme(rest[..<colon]) {
      scheme = rest[..<colon].lowercased()
      rest = rest[rest.index(after: colon)...]
    }
    let end = rest.firstIndex { $0 == "?" || $0 == "#" }
    hasTail = end != nil
    rest = rest[..<(end ?? rest.endIndex)]
    authority = ""
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      let slash = rest.firstIndex(of: "/") ?? rest.endIndex
      authority = String(rest[..<slash])
      rest = rest[slash...]
    }
    path = String(rest)
  }

  /// Whether it is a path of this machine.
  var isLocal: Bool { scheme.isEmpty || scheme == "file" }

  /// The parts of the path between slashes, decoded, however often they were encoded.
  var parts: [String] {
    path.split(separator: "/").map { Self.decoded($0) }
  }

  /// Whether the path says one place plainly, however often its bytes were percent-encoded: absolute, without `.`,
  /// `..`, control bytes, backslashes and what would begin a query or a fragment.
  var isPlain: Bool {
    guard !hasTail, path.hasPrefix("/"), path.contains(where: { $0 != "/" }) else { return false }
    let all = Self.decoded(authority[...]) + "/" + Self.decoded(path[...])
    guard all.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && !Self.refused.contains($0) }) else {
      return false
    }
    return all.split(separator: "/").allSatisfy { $0 != "." && $0 != ".." }
  }

  private static let refused: [UInt8] = Array("\\#?".utf8)

  /// Whether it is the folder that another names, or inside of it.
  func isInside(_ root: SourceURI) -> Bool {
    guard isPlain, scheme == root.scheme || (isLocal && root.isLocal) else { return false }
    let isHere = isLocal && ["", "localhost"].contains(authority.lowercased())
    guard isHere || authority.lowercased() == root.authority.lowercased() else { return false }
    let folder = root.parts
    return !folder.isEmpty && parts.starts(with: folder)
  }

  /// Percent-decoded until nothing changes.
  private static func decoded(_ text: Substring) -> String {
    var bytes = Array(text.utf8)
    while bytes.contains(UInt8(ascii: "%")) {
      let once = decodedOnce(bytes)
      if once == bytes { break }
      bytes = once
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func decodedOnce(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(digit),
        let low = rest.dropFirst().first.flatMap(digit)
      {
        result.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

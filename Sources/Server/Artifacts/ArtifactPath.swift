/// A path of artifacts that a client gave: names below a root, checked before anything is opened.
///
/// It is decoded once, and stored as it is then: `100%.txt` and `what?.csv` are names like others. What could lead elsewhere
/// is refused rather than cleaned, also when it would be there only after decoding again, as somebody behind this server
/// might: `..` and `.`, `\`, control characters, a drive, a scheme, an absolute path, an empty name. MLflow decodes again
/// and again until nothing changes, and so stores `%20` under another name; `#` it refuses, and we do not: files that came
/// by an import or from a script have it in their names.
package struct ArtifactPath: Sendable, Hashable {
  package let names: [String]

  /// Bytes of a whole path, and of a name in it.
  package static let limit = 1024
  package static let nameLimit = 255

  /// - Parameter text: as it stands in JSON, or in a query that was decoded; empty for the root itself.
  package init(_ text: String) throws(APIError) {
    var names = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    // Clients end the path of a folder with a slash.
    if names.count > 1, names.last == "" { names.removeLast() }
    if text.isEmpty { names = [] }
    guard text.utf8.count <= ArtifactPath.limit, names.allSatisfy(ArtifactPath.isName),
      names.first.map(ArtifactPath.isDriveOrScheme) != true, ArtifactPath.staysSafe(text)
    else { throw ArtifactPath.invalid }
    self.names = names
  }

  /// - Parameter target: as it stands in the target of a request.
  package init(encoded target: some StringProtocol) throws(APIError) {
    guard let text = String(validating: PercentEncoding.decodedBytes(target), as: UTF8.self) else {
      throw ArtifactPath.invalid
    }
    try self.init(text)
  }

  package var text: String { names.joined(separator: "/") }

  /// The path of a name below this one.
  package func appending(_ other: ArtifactPath) throws(APIError) -> ArtifactPath {
    guard !other.names.isEmpty else { return self }
    return try ArtifactPath((names + other.names).joined(separator: "/"))
  }

  /// As MLflow words it.
  package static let invalid = APIError.invalid("Invalid path")

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name != "." && name != ".." && name.utf8.count <= nameLimit
      && name.unicodeScalars.allSatisfy(isAllowed)
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\\", "\u{FFFD}": false
    default: scalar.properties.generalCategory != .control
    }
  }

  /// Whether a path leads nowhere else however often it is decoded.
  ///
  /// Bytes that are no text and control characters lead nowhere: MLflow 2 names images `dog%step%2%` and random digits,
  /// `%8f` and `%0a` among them.
  private static func staysSafe(_ text: String) -> Bool {
    var text = text
    while text.utf8.contains(UInt8(ascii: "%")) {
      let bytes = PercentEncoding.decodedBytes(text)
      if bytes.count == text.utf8.count { return true }
      let decoded = String(decoding: bytes, as: UTF8.self)
      let names = bytes.split(omittingEmptySubsequences: false) { slashes.contains($0) }
      guard !names.contains(where: { leadsOn.contains(Array($0)) }), !isDriveOrScheme(decoded)
      else { return false }
      text = decoded
    }
    return true
  }

  private static let slashes: Set<UInt8> = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
  /// Names that lead elsewhere, or to the root.
  private static let leadsOn: Set<[UInt8]> = [[], Array(".".utf8), Array("..".utf8)]

  /// `C:` and `C:file` on Windows, `file:`, `s3:`: letters and digits up to a colon in the first name.
  private static func isDriveOrScheme(_ name: String) -> Bool {
    guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let scheme = name.utf8[..<colon]
    guard let first = scheme.first, isLetter(first) else { return false }
    return scheme.allSatisfy {
      isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains($0)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

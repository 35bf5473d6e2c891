import Platform

/// The name of an object in a cache or a remote, as DVC gives it.
package struct ObjectName: Sendable, Hashable {
  /// How the digest was made.
  package enum Family: Sendable, Hashable {
    /// DVC 3: md5 of the bytes, kept under `files/md5`.
    case md5
    /// DVC before 3: md5 of a text with its line ends made `\n`, kept at the top.
    case legacy
  }

  package var digest: MD5Digest
  /// Whether the object lists the files of a folder.
  package var isFolder: Bool
  package var family: Family

  package init(_ digest: MD5Digest, isFolder: Bool = false, family: Family = .md5) {
    self.digest = digest
    self.isFolder = isFolder
    self.family = family
  }

  /// Reads `fdc38f08067becee4842df3ed742da4f.dir`.
  package init?(_ text: String, family: Family = .md5) {
    let isFolder = text.hasSuffix(".dir")
    guard let digest = MD5Digest(hex: isFolder ? String(text.dropLast(4)) : text) else {
      return nil
    }
    self.init(digest, isFolder: isFolder, family: family)
  }

  /// As a pointer has it: 32 hexadecimal digits, and `.dir` for a folder.
  package var text: String { digest.hex + (isFolder ? ".dir" : "") }

  /// Where it stands below a cache or a remote.
  package var key: String {
    let hex = digest.hex
    let top = family == .md5 ? "files/md5/" : ""
    return top + hex.prefix(2) + "/" + hex.dropFirst(2) + (isFolder ? ".dir" : "")
  }
}

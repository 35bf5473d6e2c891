import Platform

/// What a folder holds, as its hash has it: a line `HEX  NAME` for each file, sorted by the bytes of the names; see
/// ``ContentDigest``.
package struct FolderList: Sendable, Hashable {
  /// A file of the folder.
  package struct Member: Sendable, Hashable {
    /// The path below the folder, with slashes.
    package var name: String
    /// SHA-256 of the content, hexadecimal.
    package var digest: String

    package init(_ name: String, _ digest: String) {
      self.name = name
      self.digest = digest
    }
  }

  /// In any order; ``text`` sorts them.
  package var members: [Member] = []

  package init() {}

  /// The lines that the folder's hash is of.
  package var text: [UInt8] {
    let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var text: [UInt8] = []
    for member in sorted {
      text += member.digest.utf8
      text += "  ".utf8
      text += member.name.utf8
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  /// Reads such lines; nil when they are none, or name what does not lie in the folder.
  package init?(parsing text: [UInt8]) {
    guard text.isEmpty || text.last == UInt8(ascii: "\n") else { return nil }
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast()
    {
      guard line.count > 66, let line = String(validating: line, as: UTF8.self) else { return nil }
      let parts = (line.utf8.prefix(64), line.utf8.dropFirst(64))
      guard FolderList.isDigest(String(decoding: parts.0, as: UTF8.self)),
        parts.1.starts(with: "  ".utf8)
      else { return nil }
      let name = String(decoding: parts.1.dropFirst(2), as: UTF8.self)
      guard FolderList.isInside(name) else { return nil }
      members.append(Member(name, String(decoding: parts.0, as: UTF8.self)))
    }
  }

  /// Whether a folder can be made again from its list: every name says one file of it and nothing else.
  ///
  /// A name with a line feed, or of bytes that are not UTF-8, stands in the list so that it cannot be told from another.
  package var isExact: Bool {
    Set(members.map(\.name)).count == members.count
      && members.allSatisfy {
        FolderList.isInside($0.name)
          && !$0.name.utf8.contains(UInt8(ascii: "\n"))
          && !$0.name.unicodeScalars.contains("\u{FFFD}")
      }
  }

  /// 64 digits, lower case.
  static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static func isInside(_ name: String) -> Bool {
    !name.isEmpty && !name.utf8.contains(0)
      && name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        .allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
  }
}

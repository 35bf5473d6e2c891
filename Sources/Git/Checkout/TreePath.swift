/// What the path of a commit from strangers may be.
enum TreePath {
  /// Whether a path stays in the work tree and out of `.git`, however a file system spells that: in capitals, by the short
  /// name that NTFS makes (`git~1`), with a stream or with dots and spaces at the end, with code points that HFS+ does not
  /// see. See git-config(1), `core.protectNTFS` and `core.protectHFS`; what each of them refuses is refused here.
  static func isSafe(_ path: some Collection<UInt8>) -> Bool {
    guard !path.isEmpty, !path.contains(0) else { return false }
    return path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
      isSafe(name: Array($0))
    }
  }

  private static func isSafe(name: [UInt8]) -> Bool {
    guard !name.isEmpty, name != [0x2E], name != [0x2E, 0x2E] else { return false }
    // Most names hold none of what the rest is about.
    guard name.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "~") }) else {
      return true
    }
    return name.split(separator: UInt8(ascii: "\\")).allSatisfy {
      !isGitOnWindows($0) && !isGitOnMac($0)
    }
  }

  /// `.git` or `git~1`, and then nothing that NTFS keeps.
  private static func isGitOnWindows(_ name: ArraySlice<UInt8>) -> Bool {
    let stem = name.prefix { $0 != UInt8(ascii: ":") }
    let end = stem.lastIndex { $0 != 0x20 && $0 != 0x2E }
    guard let end else { return false }
    let lowered = stem[...end].map(lowercased)
    return lowered.elementsEqual(".git".utf8) || lowered.elementsEqual("git~1".utf8)
  }

  private static func isGitOnMac(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.contains(where: { $0 >= 0x80 }) else { return false }
    let seen = String(decoding: name, as: UTF8.self).unicodeScalars.filter { !isUnseen($0) }
    return seen.map { String($0).lowercased() }.joined() == ".git"
  }

  /// The code points that HFS+ leaves out when it compares names.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: false
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

import Platform
import SystemPackage

@testable import Git

extension FuzzTarget {
  /// The index of a repository, versions 2 to 4.
  static let gitIndex = FuzzTarget(
    name: "git-index",
    seeds: [index(version: 2, names: ["a", "b/c"]), index(version: 4, names: ["a"])],
    words: [
      "DIRC", "TREE", "REUC", "link", "sdir", "\u{0}\u{0}\u{0}\u{2}", "\u{0}-1 0\n", "\u{0}1 0\n",
    ]
  ) { bytes in
    let file = workFolder.appending("index")
    try FileSystem.write(bytes, to: file, durable: false)
    let index = try IndexFile(file)
    var last: (name: [UInt8], stage: Int)?
    withExtendedLifetime(index) {
      for entry in index.entries {
        let (name, stage) = (Array(index.name(entry)), entry.stage)
        if let last {
          require(
            last.name.lexicographicallyPrecedes(name) || last.name == name && last.stage < stage,
            "out of order")
        }
        last = (name, stage)
        let words = [index.mode(entry), index.recordedStat(entry).mode]
        require(words[0] == words[1], "the mode is not the mode")
        require(index.object(entry) == index.object(entry), "an object is not itself")
      }
    }
  }

  /// An index without extensions. The checksum at its end is not read.
  private static func index(version: Int, names: [String]) -> String {
    let zeros = { (count: Int) in String(repeating: "\u{0}", count: count) }
    let byte = { (value: Int) in String(UnicodeScalar(UInt8(value))) }
    var text = "DIRC" + zeros(3) + byte(version) + zeros(3) + byte(names.count)
    for name in names {
      text += zeros(61) + byte(name.utf8.count)
      text +=
        version == 4 ? zeros(1) + name + zeros(1) : name + zeros(8 - (62 + name.utf8.count) % 8)
    }
    return text + zeros(20)
  }

  /// Ignore rules: all lines but the last are the rules, the last is a path.
  static let gitIgnore = FuzzTarget(
    name: "git-ignore",
    seeds: [
      "*.log\n!keep.log\n/build/\nsrc/keep.log", "**/a/**/b\na/x/y/b", "[[:alpha:]-z]?\\*\nq*",
      "# c\n\\#x \\ \n[!a-c]**\nd/e",
    ],
    words: ["**/", "/**", "[!", "[[:digit:]]", "[^", "]", "\\", "!", "#", " ", "\n", "?", "*"]
  ) { bytes in
    let end = bytes.lastIndex(of: 0x0A) ?? 0
    let rules = IgnoreRules(parsing: Array(bytes[..<end]))
    let path = bytes[end...].drop { $0 == 0x0A }
    let name = path.lastIndex(of: 0x2F).map { $0 + 1 } ?? path.startIndex
    for isFolder in [false, true] {
      _ = rules.verdict(path: path, nameStart: name, isFolder: isFolder)
    }
  }
}

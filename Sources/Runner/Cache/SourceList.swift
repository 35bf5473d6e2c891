import Git
import Platform

/// The code that a run's result depends on, file by file: `MODE NAME\tPATH` and a NUL for each, as `git ls-files -sz` writes
/// them, sorted by the bytes of the paths. NAME is the content's: git's for code that git knows, else its SHA-256.
struct SourceList: Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    /// Below the project's folder, with slashes; need not be UTF-8.
    var path: [UInt8]
    var kind: TreeFile.Kind
    /// Hexadecimal.
    var contentName: String

    /// The path for a person.
    var shown: String { String(decoding: path, as: UTF8.self) }
  }

  private(set) var entries: [Entry]

  init(_ entries: [Entry]) {
    self.entries = entries.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// Reads such a list; nil when it is none.
  init?(parsing text: [UInt8]) {
    entries = []
    for line in text.split(separator: 0) {
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")),
        case let words = line[..<tab].split(separator: UInt8(ascii: " ")), words.count == 2,
        let kind = SourceList.kinds.first(where: { words[0].elementsEqual($0.mode.utf8) })?.kind
      else { return nil }
      entries.append(
        Entry(
          path: Array(line[(tab + 1)...]), kind: kind,
          contentName: String(decoding: words[1], as: UTF8.self)))
    }
  }

  var text: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(entries.count * 80)
    for entry in entries {
      let mode = SourceList.kinds.first { $0.kind == entry.kind }?.mode ?? ""
      text += mode.utf8
      text.append(UInt8(ascii: " "))
      text += entry.contentName.utf8
      text.append(UInt8(ascii: "\t"))
      text += entry.path
      text.append(0)
    }
    return text
  }

  private static let kinds: [(kind: TreeFile.Kind, mode: String)] = [
    (.file, "100644"), (.program, "100755"), (.link, "120000"), (.submodule, "160000"),
  ]
}

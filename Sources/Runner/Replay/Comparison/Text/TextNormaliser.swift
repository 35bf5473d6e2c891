import SystemPackage

/// Leaves out of texts what changes with every run: times, addresses in memory, ids and places.
///
/// It is careful: what may be a result stays. So a date alone, a number without a unit, a digest of 40 or 64 digits and a
/// version are compared as they are.
///
/// | left out | such as |
/// | --- | --- |
/// | a date with a time, a time with seconds | `2026-11-22T19:04:16Z`, `12:03:44,123`, `20261122_190416`, `Sun Nov 22 19:04:16 2026` |
/// | how long something took | `1.23s`, `4 ms`, `1min 3s`, `00:12<00:03`, `8.2it/s`, `1.5 MB/s` |
/// | an address in memory | `0x7f3c2c1d5e80` |
/// | an id | UUIDs, 32 hexadecimal digits |
/// | the folders that it is made with, folders for what is temporary | `/home/me/project`, `/tmp/tmpx2f9` |
/// | the number of a process | `pid=4711` |
package struct TextNormaliser: Sendable {
  /// Longest first, so that a folder in a folder is found.
  private let folders: [(path: [UInt8], placeholder: [UInt8])]

  /// - Parameter folders: absolute paths, and what stands for each: the folders of both runs, with the same word.
  package init(folders: [(FilePath, String)] = []) {
    self.folders = folders.map { folder, placeholder in
      var path = Array(folder.string.utf8)
      while path.last == 0x2F { path.removeLast() }
      return (path, Array(placeholder.utf8))
    }.filter { !$0.path.isEmpty }.sorted {
      ($1.path.count, $0.path.first ?? 0) < ($0.path.count, $1.path.first ?? 0)
    }
  }

  /// A text without what changes with every run.
  package func normalised(_ text: String) -> String {
    String(decoding: normalised(Array(text.utf8)), as: UTF8.self)
  }

  /// The same of bytes.
  func normalised(_ text: [UInt8]) -> [UInt8] {
    replaced(text) { text, place in
      folder(text, place) ?? TextPattern.temporary(text, place) ?? TextPattern.id(text, place)
        ?? TextPattern.address(text, place) ?? TextPattern.moment(text, place)
        ?? TextPattern.duration(text, place) ?? TextPattern.process(text, place)
    }
  }

  /// A text in which only the given folders are left out.
  func relocated(_ text: [UInt8]) -> [UInt8] {
    folders.isEmpty ? text : replaced(text, by: folder)
  }

  private func replaced(
    _ text: [UInt8], by find: (ByteText, Int) -> TextPattern.Match?
  ) -> [UInt8] {
    let source = ByteText(text)
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      guard source.canBegin(place), let match = find(source, place) else {
        result.append(text[place])
        place += 1
        continue
      }
      result += text[place..<match.start]
      // Tables fill up with blanks what is shorter today.
      while result.count > 1, result.last == 0x20, result[result.count - 2] == 0x20 {
        result.removeLast()
      }
      result += match.placeholder
      place = match.end
      while place + 1 < text.count, text[place] == 0x20, text[place + 1] == 0x20 { place += 1 }
    }
    return result
  }

  private func folder(_ text: ByteText, _ place: Int) -> TextPattern.Match? {
    guard text[place] == 0x2F else { return nil }
    for (path, placeholder) in folders where text.has(path, at: place) {
      let end = place + path.count
      let isInName =
        ByteText.isNameByte(text[end]) || text[end] == 0x2E && ByteText.isNameByte(text[end + 1])
      if !isInName {
        return .init(start: place, end: end, placeholder: placeholder)
      }
    }
    return nil
  }
}

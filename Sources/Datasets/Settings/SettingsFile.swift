import Platform
import SystemPackage

/// A file of DVC's configuration that is changed: what is not touched stays as it was written.
package struct SettingsFile {
  private var lines: [String]
  private let file: FilePath

  package init(_ file: FilePath) throws {
    self.file = file
    let text = FileSystem.exists(file) ? try FileSystem.readText(file, limit: 1 << 24) : ""
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
  }

  package func save() throws {
    try FileSystem.write(lines.map { $0 + "\n" }.joined(), to: file)
  }

  /// Gives a key of a section a value; both are made when they are not there.
  ///
  /// - Parameter section: as it stands between the brackets, without outer quotes: `core`, `remote "name"`.
  package mutating func set(_ section: String, _ key: String, _ value: String) {
    let line = "    \(key) = \(value)"
    guard let range = body(of: section) else {
      let head = section.contains("\"") ? "['\(section)']" : "[\(section)]"
      lines += [head, line]
      return
    }
    if let place = range.first(where: { Self.key(lines[$0]) == key }) {
      lines[place] = line
    } else {
      lines.insert(line, at: range.upperBound)
    }
  }

  /// Takes a key away, and its section when that is then empty.
  package mutating func remove(_ section: String, _ key: String) {
    guard let range = body(of: section),
      let place = range.first(where: { Self.key(lines[$0]) == key })
    else { return }
    lines.remove(at: place)
    if range.count == 1 { lines.remove(at: range.lowerBound - 1) }
  }

  /// Takes a section away; false when there is none.
  package mutating func remove(_ section: String) -> Bool {
    guard let range = body(of: section) else { return false }
    lines.removeSubrange((range.lowerBound - 1)..<range.upperBound)
    return true
  }

  /// The lines of a section without its head.
  private func body(of section: String) -> Range<Int>? {
    guard let head = lines.firstIndex(where: { Self.section($0) == section }) else { return nil }
    let end = lines[(head + 1)...].firstIndex { Self.section($0) != nil } ?? lines.count
    return (head + 1)..<end
  }

  private static func section(_ line: String) -> String? {
    let text = line.filter { $0 != "\r" }.drop { $0 == " " || $0 == "\t" }
    guard text.hasPrefix("["), let end = text.lastIndex(of: "]") else { return nil }
    var name = text[text.index(after: text.startIndex)..<end]
    if name.hasPrefix("'"), name.hasSuffix("'"), name.count > 1 {
      name = name.dropFirst().dropLast()
    }
    return String(name)
  }

  private static func key(_ line: String) -> String? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    return line[..<equals].filter { $0 != " " && $0 != "\t" }.lowercased()
  }
}

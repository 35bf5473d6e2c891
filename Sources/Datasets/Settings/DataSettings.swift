import Platform
import SystemPackage

/// DVC's configuration: sections with keys, of which a later file's win.
package struct DataSettings: Sendable {
  /// A value and the file that it stands in.
  package struct Setting: Sendable, Hashable {
    package var value: String
    package var file: FilePath
  }

  /// By section (`core`, `cache`, `remote "name"`), then by key in lower case.
  private(set) var sections: [String: [String: Setting]] = [:]

  package init() {}

  /// Reads the files that are there, in the order of their weight: of the system, of the user, of the project, and the one
  /// that git ignores.
  package init(project: FilePath, variables: [String: String]) throws {
    try self.init(ofUser: variables)
    for name in ["config", "config.local", Self.ownFile] {
      let file = project.pushing(".dvc").appending(name)
      if FileSystem.isFile(file) { try read(FileSystem.readText(file, limit: 1 << 24), file: file) }
    }
  }

  /// Reads the files of the system and of the user only.
  init(ofUser variables: [String: String]) throws {
    var files: [FilePath] = []
    files.append(
      contentsOf: (variables["XDG_CONFIG_DIRS"] ?? "/etc/xdg").split(separator: ":").reversed().map
      {
        FilePath(String($0)).pushing("dvc/config")
      })
    let home = variables["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : FilePath($0) }
    files.append(
      (home ?? UserFolders.home(variables).appending(".config")).pushing("dvc/config"))
    for file in files where FileSystem.isFile(file) {
      try read(FileSystem.readText(file, limit: 1 << 24), file: file)
    }
  }

  /// Adds what a file says.
  ///
  /// - Throws: ``Failure`` with the line that is neither a section nor `key = value`.
  package mutating func read(_ text: String, file: FilePath) throws {
    var section = ""
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.trimmed()
      guard let first = line.first, first != "#", first != ";" else { continue }
      if first == "[" {
        guard let end = line.lastIndex(of: "]") else {
          throw Self.failure("the section's name has no `]`", file, number)
        }
        section = Self.name(line[line.index(after: line.startIndex)..<end])
        continue
      }
      guard let equals = line.firstIndex(of: "="), !section.isEmpty else {
        throw Self.failure("`key = value` in a section is wanted", file, number)
      }
      let key = line[..<equals].trimmed().lowercased()
      let value = Self.unquoted(line[line.index(after: equals)...].trimmed())
      sections[section, default: [:]][key] = Setting(value: value, file: file)
    }
  }

  private static func failure(_ message: String, _ file: FilePath, _ line: Int) -> Failure {
    Failure(.parse, message, at: SourceLocation(file: file.string, line: line + 1))
  }

  /// `'remote "storage"'` without its outer quotes.
  private static func name(_ text: Substring) -> String {
    unquoted(text.trimmed())
  }

  private static func unquoted(_ text: Substring) -> String {
    for quote in ["'", "\""] where text.hasPrefix(quote) {
      let rest = text.dropFirst()
      if let end = rest.lastIndex(of: Character(quote)) { return String(rest[..<end]) }
    }
    // What is behind ` #` is a comment.
    if let comment = text.range(of: " #") { return String(text[..<comment.lowerBound].trimmed()) }
    return String(text)
  }
}

extension DataSettings {
  package subscript(section: String, key: String) -> Setting? { sections[section]?[key] }

  /// The names of the remotes, in the order of their bytes.
  package var remotes: [String] {
    sections.keys.compactMap { section in
      guard section.hasPrefix("remote \""), section.hasSuffix("\"") else { return nil }
      return String(section.dropFirst(8).dropLast())
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Every key of a remote.
  package func remote(_ name: String) -> [String: Setting] { sections["remote \"\(name)\""] ?? [:] }
}

extension Substring {
  fileprivate func trimmed() -> Substring {
    var text = self
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }

  fileprivate func range(of needle: String) -> Range<Index>? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(needle) {
        return place..<index(place, offsetBy: needle.count)
      }
      place = index(after: place)
    }
    return nil
  }
}

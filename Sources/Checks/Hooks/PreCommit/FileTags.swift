import Platform

/// The tags that hooks choose files by: `python`, `text`, `executable`, `symlink` and so on.
///
/// The name decides; where it says nothing the first line of a program does, and the first kilobyte says whether a file is
/// text. As pre-commit's library `identify` does it.
package enum FileTags {
  /// What a path is.
  package enum Kind: Sendable { case file, program, link, folder }

  /// - Parameters:
  ///   - path: with slashes.
  ///   - read: gives the bytes of the file; asked only when the name does not say all.
  package static func tags(_ path: String, _ kind: Kind, read: () throws -> [UInt8]) rethrows
    -> Set<String>
  {
    switch kind {
    case .folder: return ["directory"]
    case .link: return ["symlink"]
    case .file, .program: break
    }
    var tags: Set = ["file", kind == .program ? "executable" : "non-executable"]
    let named = Self.tags(ofName: lastPart(path))
    var bytes: [UInt8]?
    if !named.isEmpty {
      tags.formUnion(named)
    } else if kind == .program {
      bytes = try read()
      if let program = interpreter(bytes ?? []) {
        tags.formUnion(Self.tags(ofInterpreter: program))
      }
    }
    if !tags.contains("text"), !tags.contains("binary") {
      let content = try bytes ?? read()
      tags.insert(isText(content.prefix(1024)) ? "text" : "binary")
    }
    return tags
  }

  static func tags(ofName name: String) -> Set<String> {
    var tags: Set<String> = []
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    for part in [name] + parts {
      guard let found = FileTagTable.names[part] else { continue }
      tags.formUnion(found)
      break
    }
    // Dots that a name begins with are part of it.
    let plain = name.drop { $0 == "." }
    guard let dot = plain.lastIndex(of: ".") else { return tags }
    let ending = plain[plain.index(after: dot)...].lowercased()
    if let found = FileTagTable.extensions[ending] ?? FileTagTable.undecidedExtensions[ending] {
      tags.formUnion(found)
    }
    return tags
  }

  private static func lastPart(_ path: String) -> String {
    String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
  }

  /// `python3.11.2` is as `python3.11`, that as `python3`.
  static func tags(ofInterpreter path: String) -> Set<String> {
    var name = lastPart(path)[...]
    while !name.isEmpty {
      if let found = FileTagTable.interpreters[String(name)] { return Set(found) }
      name = name.lastIndex(of: ".").map { name[..<$0] } ?? ""
    }
    return []
  }

  private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (7...13).contains($0) || $0 == 27 }
  }

  /// The program of a first line such as `#!/usr/bin/env python3`.
  static func interpreter(_ bytes: [UInt8]) -> String? {
    guard let line = firstLine(bytes[...]) else { return nil }
    var words = words(line)
    if words.prefix(2) == ["/usr/bin/env", "-S"] {
      words.removeFirst(2)
    } else if words.first == "/usr/bin/env" {
      words.removeFirst()
    }
    if words == ["nix-shell"] { return nixInterpreter(bytes) ?? "nix-shell" }
    return words.first
  }

  /// The lines after `#!/usr/bin/env nix-shell` say `#! nix-shell -i python`.
  private static func nixInterpreter(_ bytes: [UInt8]) -> String? {
    var found: String?
    var rest = bytes[...].drop { $0 != 0x0A }.dropFirst()
    while let line = firstLine(rest) {
      let words = words(line)
      for (option, value) in zip(words, words.dropFirst()) where option == "-i" { found = value }
      rest = rest.drop { $0 != 0x0A }.dropFirst()
    }
    return found
  }

  /// What follows `#!` on the first line, when it is printable ASCII.
  private static func firstLine(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.starts(with: [0x23, 0x21]) else { return nil }
    let line = bytes.dropFirst(2).prefix { $0 != 0x0A }
    guard line.allSatisfy({ (0x20..<0x7F).contains($0) || (9...13).contains($0) }) else {
      return nil
    }
    return String(decoding: line, as: UTF8.self)
  }

  private static func words(_ line: String) -> [String] {
    if let words = try? ShellSplitting.words(line) { return words }
    return line.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}

import Platform
import SystemPackage

/// The `.gitignore` beside versioned data, which keeps git from taking it, too.
enum IgnoreFile {
  /// The line that leaves out a name in the file's own folder, as DVC writes it.
  static func line(for name: String) -> String {
    var line = "/"
    for character in name.unicodeScalars {
      if "[]*?!#\\".unicodeScalars.contains(character) { line += "\\" }
      line.unicodeScalars.append(character)
    }
    return line
  }

  /// Adds a name's line, unless it is there.
  ///
  /// - Returns: whether the file was changed.
  static func add(_ name: String, in folder: FilePath) throws -> Bool {
    let file = folder.appending(".gitignore")
    var text = FileSystem.exists(file) ? try FileSystem.readText(file, limit: 1 << 26) : ""
    let line = line(for: name)
    guard !text.split(separator: "\n").contains(where: { isSame($0, line) }) else { return false }
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    try FileSystem.write(text + line + "\n", to: file)
    return true
  }

  /// Swift's own comparison takes `é` in one character and in two for the same, which a file system does not.
  private static func isSame(_ a: Substring, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

  /// Takes a name's line away; a file that is empty then goes.
  ///
  /// - Returns: whether the file was changed.
  @discardableResult
  static func remove(_ name: String, in folder: FilePath) throws -> Bool {
    let file = folder.appending(".gitignore")
    guard FileSystem.isFile(file) else { return false }
    let lines = try FileSystem.readText(file, limit: 1 << 26).split(
      separator: "\n", omittingEmptySubsequences: false)
    let kept = lines.filter { !isSame($0, line(for: name)) }
    guard kept.count < lines.count else { return false }
    let text = kept.joined(separator: "\n")
    if text.isEmpty { try FileSystem.remove(file) } else { try FileSystem.write(text, to: file) }
    return true
  }
}

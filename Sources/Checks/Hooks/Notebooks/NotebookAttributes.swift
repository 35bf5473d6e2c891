import Platform
import SystemPackage

/// The lines of files of attributes that say what git does with notebooks (gitattributes(5)).
struct NotebookAttributes {
  private let file: FilePath
  /// Files that git reads too, and believes before this one.
  private let others: [FilePath]

  private static let line =
    "*.ipynb filter=\(NotebookDrivers.name) diff=\(NotebookDrivers.name) merge=\(NotebookDrivers.name)"
  /// Before a line of another tool while ours is in place.
  private static let mark = "# replaced by reprise: "
  /// What nbstripout and nbdime write.
  private static let rivals = [
    "filter=nbstripout", "diff=ipynb", "diff=jupyternotebook", "merge=jupyternotebook",
  ]

  init(_ file: FilePath, others: [FilePath]) {
    self.file = file
    self.others = others.filter { $0 != file }
  }

  private static func isRival(_ line: String) -> Bool {
    line.hasPrefix("*.ipynb")
      && rivals.contains { rival in
        line.split(whereSeparator: { $0 == " " || $0 == "\t" }).contains { $0 == rival }
      }
  }

  private func read(_ path: FilePath) throws -> [String] {
    guard FileSystem.isFile(path) else { return [] }
    var lines = try FileSystem.readText(path).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private func write(_ lines: [String], to path: FilePath) throws {
    try FileSystem.createDirectory(path.removingLastComponent())
    try FileSystem.write(lines.map { $0 + "\n" }.joined(), to: path)
  }

  /// Adds our line, and puts those of other tools out of work.
  func install() throws -> [String] {
    var said: [String] = []
    for path in [file] + others {
      let before = try read(path)
      var lines = before.map { line -> String in
        guard Self.isRival(line) else { return line }
        said.append("replaced `\(line)` in \(path)")
        return Self.mark + line
      }
      if path == file, !lines.contains(Self.line) {
        lines.append(Self.line)
        said.append("added `\(Self.line)` to \(path)")
      }
      if lines != before { try write(lines, to: path) }
    }
    return said
  }

  func uninstall() throws -> [String] {
    var said: [String] = []
    for path in [file] + others {
      let before = try read(path)
      var lines = before.map { line -> String in
        guard line.hasPrefix(Self.mark) else { return line }
        let old = String(line.dropFirst(Self.mark.count))
        said.append("`\(old)` is back in \(path)")
        return old
      }
      if lines.contains(Self.line) {
        lines.removeAll { $0 == Self.line }
        said.append("removed `\(Self.line)` from \(path)")
      }
      guard lines != before else { continue }
      if lines.isEmpty, path == file {
        try FileSystem.remove(path)
      } else {
        try write(lines, to: path)
      }
    }
    return said
  }

  func lines() throws -> (
    ours: [(file: String, line: String)], others: [(file: String, line: String)]
  ) {
    var ours: [(file: String, line: String)] = []
    var rivals: [(file: String, line: String)] = []
    for path in [file] + others {
      for line in try read(path) {
        if line == Self.line { ours.append((path.string, line)) }
        if Self.isRival(line) { rivals.append((path.string, line)) }
      }
    }
    return (ours, rivals)
  }
}

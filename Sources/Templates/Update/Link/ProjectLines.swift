import Git
import Platform
import SystemPackage

/// The lines of a project's files, to guess without rendering how much of a template's version is in them.
struct ProjectLines {
  private var lines: Set<[UInt8]> = []
  private var guesses: [String: Int] = [:]

  /// How much is read; a project may have data beside its code.
  private static let limits = (files: 5000, bytes: 64 << 20, file: 1 << 20)
  private static let skipped: Set<String> = [
    ".git", ".venv", "venv", "node_modules", "__pycache__", ".reprise", ".tox", "build",
  ]

  init(of project: FilePath) throws {
    var left = (files: Self.limits.files, bytes: Self.limits.bytes)
    try read(project, depth: 0, &left)
  }

  private mutating func read(
    _ folder: FilePath, depth: Int, _ left: inout (files: Int, bytes: Int)
  ) throws {
    guard depth < 64 else { return }
    for component in try FileSystem.components(in: folder) {
      guard left.files > 0, left.bytes > 0 else { return }
      let place = folder.appending(component)
      guard let status = try FileSystem.linkStatus(place) else { continue }
      if status.kind == .directory {
        if !Self.skipped.contains(component.string) { try read(place, depth: depth + 1, &left) }
        continue
      }
      guard status.kind == .file,
        let content = try? FileSystem.read(place, limit: Self.limits.file),
        !FileMerge.isBinary(content)
      else { continue }
      left.files -= 1
      left.bytes -= content.count
      for line in Self.lines(content) { lines.insert(line) }
    }
  }

  /// Lines without the spaces around them; short ones say nothing.
  private static func lines(_ content: [UInt8]) -> [[UInt8]] {
    content.split(separator: 0x0A).compactMap { line in
      var line = line
      while let last = line.last, last <= 0x20 { line.removeLast() }
      while let first = line.first, first <= 0x20 { line.removeFirst() }
      return line.count < 4 ? nil : Array(line)
    }
  }

  /// The lines of a version's files that the project has, less those that it has not; lines with a template's tags do not
  /// count.
  mutating func guess(_ files: [TreeFile], in repository: Repository) throws -> Int {
    var sum = 0
    for file in files {
      if let known = guesses[file.contentName] {
        sum += known
        continue
      }
      let content = file.kind == .submodule ? [] : try repository.content(of: file)
      var guess = 0
      if content.count <= Self.limits.file, !FileMerge.isBinary(content) {
        for line in Self.lines(content) where !Self.hasTag(line) {
          guess += lines.contains(line) ? 1 : -1
        }
      }
      guesses[file.contentName] = guess
      sum += guess
    }
    return sum
  }

  private static func hasTag(_ line: [UInt8]) -> Bool {
    zip(line, line.dropFirst()).contains { first, second in
      (first == UInt8(ascii: "{") || first == UInt8(ascii: "["))
        && [UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: "[")]
          .contains(second)
    }
  }
}

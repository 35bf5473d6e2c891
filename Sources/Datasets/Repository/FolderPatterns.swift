import Git
import Platform
import SystemPackage

/// The patterns of one `.dvcignore`.
struct FolderPatterns {
  private let folder: FilePath
  private let prefix: [UInt8]
  private let patterns: PathPatterns

  /// Nil when there is no such file, or it has no pattern.
  init?(of folder: FilePath, shown: FilePath) throws {
    let file = folder.appending(".dvcignore")
    guard FileSystem.isFile(file) else { return nil }
    let text = try FileSystem.readText(file, limit: 1 << 24)
    let lines = text.split(separator: "\n").map { line in
      String(line.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0.isWhitespace }.reversed())
    }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    guard !lines.isEmpty else { return nil }
    self.folder = shown
    prefix = shown.isEmpty ? [] : Array(shown.string.utf8) + [UInt8(ascii: "/")]
    patterns = PathPatterns(lines)
  }

  /// Whether a path from the project's root is left out by this file.
  func matches(_ path: FilePath, isFolder: Bool) -> Bool {
    matches(Array(path.string.utf8), isFolder: isFolder)
  }

  func matches(_ path: [UInt8], isFolder: Bool) -> Bool {
    guard path.starts(with: prefix) else { return false }
    var rest = Array(path[prefix.count...])
    if isFolder { rest.append(UInt8(ascii: "/")) }
    return patterns.matches(rest)
  }
}

extension [FolderPatterns] {
  func ignore(_ path: FilePath, isFolder: Bool) -> Bool {
    contains { $0.matches(path, isFolder: isFolder) }
  }
}

extension DataRepository {
  /// Tells of paths below a tracked one whether a `.dvcignore` at or above its folder leaves them out.
  func ignoredFiles(
    below tracked: FilePath
  ) throws -> (_ path: ArraySlice<UInt8>, _ isFolder: Bool) -> Bool {
    var patterns: [FolderPatterns] = []
    var folder = FilePath()
    for step in [nil] + tracked.removingLastComponent().components.map(Optional.some) {
      if let step { folder.append(step) }
      if let own = try FolderPatterns(of: root.pushing(folder), shown: folder) {
        patterns.append(own)
      }
    }
    guard !patterns.isEmpty else { return { _, _ in false } }
    let prefix = Array(tracked.string.utf8) + [UInt8(ascii: "/")]
    let all = patterns
    return { path, isFolder in
      let full = prefix + path
      return all.contains { $0.matches(full, isFolder: isFolder) }
    }
  }
}

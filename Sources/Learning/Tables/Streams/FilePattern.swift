import Glibc
import Platform
import SystemPackage

/// Paths with `*`, `?` and `[…]` in them, as the shell takes them.
enum FilePattern {
  /// The files that a pattern names, in the order of their names' bytes; nil for a path that is none, or that a file has.
  ///
  /// - Throws: ``Failure`` when there is no such file.
  static func files(_ path: FilePath) throws -> [FilePath]? {
    guard path.string.utf8.contains(where: { "*?[".utf8.contains($0) }),
      try FileSystem.status(path) == nil
    else { return nil }
    var found = glob_t()
    defer { globfree(&found) }
    let code = path.withPlatformString { glob($0, GLOB_NOSORT, nil, &found) }
    var files: [FilePath] = []
    if code == 0, let paths = found.gl_pathv {
      for index in 0..<Int(found.gl_pathc) {
        guard let path = paths[index] else { continue }
        files.append(FilePath(platformString: path))
      }
    }
    files = files.filter { FileSystem.isFile($0) }
    guard !files.isEmpty else {
      throw Failure(
        .notFound, "no file matches `\(path)`",
        hint: "patterns are those of the shell: `*`, `?` and `[…]`")
    }
    return files.sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
  }
}

import Git
import Platform
import SystemPackage

/// Mends what git would commit: the contents in the index, and the files on disk only where that takes nothing away.
///
/// Nothing is stashed. A file whose disk holds more than the index gets the same changes by a merge of three texts; where
/// they do not fit it is left as it is, and said so.
package struct StagedMending {
  package struct Result: Sendable {
    package var fixes = 0
    /// Files whose staged content was mended.
    package var mended: [String] = []
    /// Those of them whose file on disk stayed as it is.
    package var left: [String] = []
  }

  private let mending: CheckMending

  package init(_ mending: CheckMending) { self.mending = mending }

  /// - Parameter files: with the paths that findings have.
  package func run(
    _ files: [(path: String, file: StagedFile)], _ git: Repository, root: FilePath
  ) throws -> Result {
    var result = Result()
    var changes: [(file: StagedFile, bytes: [UInt8])] = []
    var texts: [[UInt8]: (path: String, old: [UInt8], new: [UInt8])] = [:]
    for (path, file) in files {
      let old = try git.content(of: file)
      let (new, fixes) = mending.mended(path, old)
      guard fixes > 0, new != old else { continue }
      result.fixes += fixes
      changes.append((file, new))
      texts[file.path] = (path, old, new)
    }
    for path in try git.restage(changes) {
      guard let text = texts[path] else { continue }
      result.mended.append(text.path)
      if try !follow(text.old, text.new, on: root.pushing(FilePath(text.path))) {
        result.left.append(text.path)
      }
    }
    return result
  }

  /// Brings the same changes to the file on disk; false where they do not fit.
  private func follow(_ old: [UInt8], _ new: [UInt8], on path: FilePath) throws -> Bool {
    // A deleted file, a link or a folder is a person's own change.
    guard try FileSystem.linkStatus(path)?.kind == .file else { return false }
    let disk = try FileSystem.read(path, limit: 1 << 30)
    guard disk != new else { return true }
    guard disk != old else {
      try FileSystem.write(new, to: path)
      return true
    }
    let labels = FileMerge.Labels(ours: "disk", base: "index", theirs: "mended")
    let merge = try FileMerge(base: old, ours: disk, theirs: new, labels: labels)
    guard !merge.hasConflicts else { return false }
    // Somebody may have saved meanwhile.
    guard try FileSystem.read(path, limit: 1 << 30) == disk else { return false }
    try FileSystem.write(merge.content, to: path)
    return true
  }
}

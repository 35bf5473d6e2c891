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
      if try !DiskMerge.bring(text.old, text.new, to: root.pushing(FilePath(text.path))) {
        result.left.append(text.path)
      }
    }
    return result
  }
}

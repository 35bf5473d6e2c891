import Git
import Glibc
import Platform
import SystemPackage

/// Takes over what hooks changed in their folder: into git's index, and into the files on disk where that takes nothing away.
package struct HookMending {
  package struct Result: Sendable, Hashable {
    /// Files whose staged content is now the hooks'.
    package var staged: [String] = []
    /// Those of them whose file on disk stayed as it is.
    package var left: [String] = []
    /// Files that a hook removed, or made something else of, which is not taken over.
    package var refused: [String] = []
  }

  private let workplace: HookWorkplace

  package init(_ workplace: HookWorkplace) { self.workplace = workplace }

  /// - Throws: ``Failure`` when the index cannot be written; nothing is changed then.
  package func run() throws -> Result {
    var result = Result()
    var wanted: [(file: TreeFile, kind: TreeFile.Kind, bytes: [UInt8])] = []
    var changes: [[UInt8]: HookSnapshot.Change] = [:]
    for change in try workplace.snapshot?.changes() ?? [] {
      guard let kind = change.kind, change.file.kind != .link else {
        result.refused.append(String(decoding: change.file.path, as: UTF8.self))
        continue
      }
      wanted.append((change.file, kind, change.content))
      changes[change.file.path] = change
    }
    for path in try workplace.git.restage(wanted) {
      guard let change = changes[path] else { continue }
      let name = String(decoding: path, as: UTF8.self)
      result.staged.append(name)
      let file = workplace.top.pushing(FilePath(name))
      let old = try workplace.git.content(of: change.file)
      if try !DiskMerge.bring(old, change.content, to: file) { result.left.append(name) }
      if change.kind != change.file.kind { try setMode(change, file) }
    }
    return result
  }

  /// A file that a hook made executable, or not, is so on disk too.
  private func setMode(_ change: HookSnapshot.Change, _ path: FilePath) throws {
    guard let status = try FileSystem.linkStatus(path), status.kind == .file else { return }
    let mode = change.kind == .program ? status.mode | 0o111 : status.mode & ~0o111
    _ = path.withPlatformString { chmod($0, mode) }
  }
}

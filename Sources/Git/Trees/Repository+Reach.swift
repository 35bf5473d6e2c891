import CGit2
import Platform
import SystemPackage

/// Finds what a repository still names: by branches, tags, notes, the stash, every work tree's HEAD and index, what is
/// being merged or rebased, and what the logs of all these say.
extension Repository {
  /// The commits that names lead to, in no order that means anything.
  ///
  /// - Parameter logs: whether what a branch or HEAD named before counts, as git keeps it for 90 days. The log of the stash
  ///   always does: its older entries are nowhere else.
  package func namedCommits(logs: Bool) throws -> [String] {
    var found: Set<ObjectID> = []
    var list = git_strarray()
    try LibGit2.check(git_reference_list(&list, handle), "list the branches and tags")
    defer { git_strarray_dispose(&list) }
    for place in 0..<list.count {
      var id = git_oid()
      guard let name = list.strings[place], git_reference_name_to_id(&id, handle, name) == 0
      else { continue }
      found.insert(ObjectID(id))
    }
    let folders = [commonDirectory] + linkedDirectories()
    for folder in folders {
      for name in [
        "HEAD", "ORIG_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "FETCH_HEAD",
      ]
        + ["rebase-merge/orig-head", "rebase-merge/onto", "rebase-apply/orig-head", "BISECT_HEAD"]
      { found.formUnion(Self.names(in: folder.pushing(FilePath(name)))) }
      if logs { try readLogs(folder.appending("logs"), depth: 0, &found) }
    }
    found.formUnion(Self.names(in: commonDirectory.pushing("logs/refs/stash")))
    return found.map(\.hex).sorted()
  }

  /// Where the HEAD and index of each linked work tree stand.
  private func linkedDirectories() -> [FilePath] {
    let folder = commonDirectory.appending("worktrees")
    return ((try? FileSystem.names(in: folder)) ?? []).sorted().map { folder.appending($0) }
  }

  /// The folders of all work trees that are there, this one first.
  package func workTrees() -> [FilePath] {
    var found = [workTree].compactMap { $0.flatMap(FileSystem.realPath) }
    let main = commonDirectory.lexicallyNormalized()
    var candidates = main.lastComponent?.string == ".git" ? [main.removingLastComponent()] : []
    for folder in linkedDirectories() {
      guard let text = try? FileSystem.readText(folder.appending("gitdir"), limit: 1 << 16) else {
        continue
      }
      candidates.append(
        FilePath(text.split(separator: "\n").first.map(String.init) ?? "")
          .removingLastComponent())
    }
    for path in candidates {
      guard let real = FileSystem.realPath(path), FileSystem.isDirectory(real),
        !found.contains(real)
      else { continue }
      found.append(real)
    }
    return found
  }

  private func readLogs(_ folder: FilePath, depth: Int, _ found: inout Set<ObjectID>) throws {
    guard depth < 64, FileSystem.isDirectory(folder) else { return }
    for name in try FileSystem.components(in: folder) {
      let path = folder.appending(name)
      if FileSystem.isDirectory(path) {
        try readLogs(path, depth: depth + 1, &found)
      } else {
        found.formUnion(Self.names(in: path))
      }
    }
  }

  /// Every object name that a file of git's spells out; none when it cannot be read.
  private static func names(in file: FilePath) -> Set<ObjectID> {
    guard let bytes = try? FileSystem.read(file, limit: 1 << 30) else { return [] }
    var found: Set<ObjectID> = []
    for word in bytes.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 })
    where word.count == 40 {
      var id = git_oid()
      let text = String(decoding: word, as: UTF8.self)
      if git_oid_fromstr(&id, text) == 0 { found.insert(ObjectID(id)) }
    }
    return found.filter { !$0.isZero }
  }

  /// The files with certain names that the indexes of all work trees hold.
  package func stagedFiles(where isWanted: (_ path: [UInt8]) -> Bool) throws -> [TreeFile] {
    var paths =
      [indexPath] + ([commonDirectory] + linkedDirectories()).map { $0.appending("index") }
    paths = paths.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    var found: [TreeFile] = []
    for path in paths {
      let index = try IndexFile(path)
      for entry in index.entries {
        let name = Array(index.name(entry))
        guard isWanted(name), let kind = TreeFile.Kind(index.mode(entry)), kind != .submodule
        else { continue }
        found.append(TreeFile(path: name, kind: kind, object: index.object(entry)))
      }
    }
    return found
  }

  /// The distinct files with certain names in all commits that lead to some; of files with the same content only the first.
  ///
  /// What a shallow clone lacks is passed over.
  ///
  /// - Parameters:
  ///   - commits: 40 hexadecimal digits each; names of tags, trees and files count too, and what is not there any more
  ///     does not.
  ///   - isWanted: is given the last part of a path.
  /// - Throws: ``Failure`` when a part of the history cannot be read: it may have named anything.
  package func files(
    inHistoryOf commits: [String], where isWanted: @escaping (_ name: [UInt8]) -> Bool
  ) throws -> [TreeFile] {
    var walk = HistoryWalk(self, isWanted: isWanted)
    for commit in commits { try walk.start(commit) }
    try walk.run()
    return walk.found
  }
}

import Git
import Glibc
import Platform
import SystemPackage

/// The moment that hooks are run at: which files they are about, and which variables they get.
package struct HookStage {
  /// As `stages` names it.
  package var name: String
  package var candidates: [HookFiles.Candidate]
  package var variables: [String: String]
  /// The file with the message of a commit: its name as git gave it, and where it is.
  package var message: (name: String, path: FilePath)?
  /// Names that are not UTF-8, which no hook is given.
  package var unnameable: [String] = []

  /// What is about to be committed.
  package static func preCommit(_ git: Repository, _ files: [TreeFile]) throws -> HookStage {
    let isMerge = ["MERGE_HEAD", "MERGE_MSG"].allSatisfy {
      FileSystem.exists(git.gitDirectory.appending($0))
    }
    let wanted = try isMerge ? mergedPaths(git, files) : stagedPaths(git)
    var stage = HookStage(name: "pre-commit", candidates: [], variables: [:])
    stage.add(files.filter { wanted.contains($0.path) })
    return stage
  }

  /// The message of a commit.
  ///
  /// - Parameter name: as git gave it; it is the one file that a hook may change where it lies.
  package static func commitMessage(_ name: String, _ path: FilePath) -> HookStage {
    var stage = HookStage(name: "commit-msg", candidates: [], variables: [:])
    stage.message = (name, path)
    if let status = try? FileSystem.status(path), status.kind == .file {
      let kind: TreeFile.Kind = status.isExecutable ? .program : .file
      stage.candidates = [HookFiles.Candidate(path: name, kind: kind)]
    }
    return stage
  }

  /// What is about to be pushed; nil when nothing is.
  ///
  /// - Parameters:
  ///   - arguments: the name and the address of the remote.
  ///   - lines: as git gives them on standard input: local ref, local id, remote ref, remote id. As with pre-commit the
  ///     first that brings commits counts.
  package static func prePush(
    _ git: Repository, _ files: [TreeFile], arguments: [String], lines: [String]
  ) throws -> HookStage? {
    let remote = arguments.first ?? ""
    let address = arguments.count > 1 ? arguments[1] : remote
    for line in lines {
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count >= 4, !isNone(parts[parts.count - 3]) else { continue }
      let (local, id) = (parts.dropLast(3).joined(separator: " "), parts[parts.count - 3])
      let (remoteBranch, remoteID) = (parts[parts.count - 2], parts[parts.count - 1])
      var stage = HookStage(name: "pre-push", candidates: [], variables: [:])
      if !remote.isEmpty, !address.isEmpty {
        stage.variables = [
          "PRE_COMMIT_LOCAL_BRANCH": local, "PRE_COMMIT_REMOTE_BRANCH": remoteBranch,
          "PRE_COMMIT_REMOTE_NAME": remote, "PRE_COMMIT_REMOTE_URL": address,
        ]
      }
      var from = remoteID
      if isNone(remoteID) || (try? git.resolve(remoteID)) == nil {
        guard let first = try git.firstCommit(of: id, missingOn: remote) else { continue }
        guard let parent = first.parents.first else {
          // The whole history is pushed.
          stage.add(files)
          return stage
        }
        from = parent
      }
      for (name, value) in [
        ("PRE_COMMIT_ORIGIN", from), ("PRE_COMMIT_SOURCE", id), ("PRE_COMMIT_FROM_REF", from),
        ("PRE_COMMIT_TO_REF", id),
      ] { stage.variables[name] = value }
      let wanted = try changedPaths(git, from: from, to: id)
      stage.add(files.filter { wanted.contains($0.path) })
      return stage
    }
    return nil
  }

  private mutating func add(_ files: [TreeFile]) {
    for file in files {
      guard let path = String(validating: file.path, as: UTF8.self) else {
        unnameable.append(String(decoding: file.path, as: UTF8.self))
        continue
      }
      candidates.append(HookFiles.Candidate(path: path, kind: file.kind))
    }
  }

  private static func isNone(_ id: String) -> Bool { id.allSatisfy { $0 == "0" } }

  private static func stagedPaths(_ git: Repository) throws -> Set<[UInt8]> {
    Set(try git.stagedChanges().map(\.path))
  }

  /// What a merge had to decide: files in conflict, and those that became like neither side.
  private static func mergedPaths(_ git: Repository, _ files: [TreeFile]) throws -> Set<[UInt8]> {
    let text = try FileSystem.read(git.gitDirectory.appending("MERGE_MSG"), limit: 1 << 26)
    var paths: Set<[UInt8]> = []
    for line in text.split(separator: 0x0A)
    where line.starts(with: "\t".utf8)
      || line.starts(with: "#\t".utf8)
    {
      var name = line.drop { $0 == UInt8(ascii: "#") }
      while let first = name.first, first == 0x20 || (9...13).contains(first) { name.removeFirst() }
      while let last = name.last, last == 0x20 || (9...13).contains(last) { name.removeLast() }
      paths.insert(Array(name))
    }
    let sides = try ["HEAD", "MERGE_HEAD"].map { try contents(git, at: $0) }
    for file in files where sides.allSatisfy({ $0[file.path] != Content(file) }) {
      paths.insert(file.path)
    }
    return paths
  }

  private struct Content: Hashable {
    var kind: TreeFile.Kind
    var name: String

    init(_ file: TreeFile) { (kind, name) = (file.kind, file.contentName) }
  }

  private static func contents(
    _ git: Repository, at revision: String
  ) throws -> [[UInt8]: Content] {
    var found: [[UInt8]: Content] = [:]
    for file in try git.files(at: git.resolve(revision)) { found[file.path] = Content(file) }
    return found
  }

  private static func changedPaths(
    _ git: Repository, from: String, to: String
  ) throws -> Set<[UInt8]> {
    let old = try contents(git, at: git.commonAncestor(of: from, and: to) ?? from)
    let new = try contents(git, at: to)
    return Set(new.filter { old[$0.key] != $0.value }.keys)
  }
}

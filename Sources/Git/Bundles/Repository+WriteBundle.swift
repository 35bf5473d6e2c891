import CGit2
import Platform
import SystemPackage

/// What was put into a bundle.
package struct WrittenBundle: Sendable, Hashable {
  /// 40 hexadecimal digits.
  package var commit: String
  package var size: ByteCount
  package var objects: Int
  /// The commits whose parents are not in it, which ``Repository/openBundle(_:into:boundary:expecting:limits:isStopped:)``
  /// must be told; none when the history is whole. In the order of their names.
  package var boundary: [String]

  package init(commit: String, size: ByteCount, objects: Int, boundary: [String]) {
    self.commit = commit
    self.size = size
    self.objects = objects
    self.boundary = boundary
  }
}

extension Repository {
  /// Writes a git bundle (gitformat-bundle(5), version 2) of one commit, which `git clone FILE` and ``openBundle`` read; it
  /// stands there as `HEAD` and as the branch `recorded`. Submodules are not in it: see ``commitsToBundle(of:)``.
  ///
  /// The same commit gives the same bytes, whatever the repository is packed like and its user has configured, with the
  /// same libgit2 and zlib.
  ///
  /// A bundle has the whole history unless asked otherwise, so that it is a repository that everything can read and the
  /// commit's name vouches for all of it. The format knows no shallow bundle: prerequisites would be commits that the
  /// reader must have, and a made-up commit without parents would have another name than the record says. Without history
  /// the true commit is therefore written with its tree alone, and the result names it as the boundary, which belongs
  /// beside the file as `shallow` does beside the objects of `git clone --depth 1`. Plain git reads it with
  /// `git init`, the boundary in `.git/shallow`, and `git bundle unbundle`. In a shallow clone the history ends where the
  /// clone's does.
  ///
  /// - Throws: ``Failure`` with `.notFound` when the commit or something that it needs is not here.
  package func writeBundle(
    commit: String, to file: FilePath, withoutHistory: Bool = false,
    isStopped: @escaping () -> Bool = { false }
  ) throws -> WrittenBundle {
    let name = try resolve(commit)
    guard let id = ObjectID(digits: name) else {
      throw Failure(.bug, "libgit2 named a commit `\(name)`")
    }
    // A handle of its own, to which no setting of the user's says how to pack.
    let scratch = try Repository.open(gitDirectory)
    try scratch.forgetSettings()
    let pack = try PackWriter(scratch, isStopped: isStopped)
    var walk = try ObjectWalk(scratch, isStopped: isStopped) { try pack.add($0, name: $1) }
    let known = withoutHistory ? [id] : try shallowCommits()
    let boundary = try walk.history(of: id, boundary: known)
    if let (object, path) = walk.missing.first {
      let what = path.isEmpty ? "a commit" : "`\(String(decoding: path, as: UTF8.self))`"
      throw Failure(
        .notFound, "\(what) that \(name.prefix(12)) needs is not in the repository: \(object.hex)",
        hint: path.isEmpty ? "git fetch --unshallow origin" : "git fetch --refetch origin")
    }
    try FileSystem.write(to: file, mode: 0o644) { put in
      try put(Array("# v2 git bundle\n\(name) HEAD\n\(name) refs/heads/recorded\n\n".utf8))
      try pack.write(to: put)
    }
    let size = try FileSystem.status(file)?.size ?? 0
    return WrittenBundle(
      commit: name, size: ByteCount(size), objects: pack.count,
      boundary: boundary.map(\.hex).sorted())
  }

  private func forgetSettings() throws {
    var empty: OpaquePointer?
    try LibGit2.check(git_config_new(&empty), "make settings")
    defer { git_config_free(empty) }
    try LibGit2.check(git_repository_set_config(handle, empty), "use settings")
  }

  /// The commits at which the history of a shallow clone ends; none in a whole one.
  func shallowCommits() throws -> Set<ObjectID> {
    let file = commonDirectory.appending("shallow")
    guard FileSystem.isFile(file) else { return [] }
    return Set(
      try FileSystem.read(file, limit: 1 << 26).split(separator: 0x0A).compactMap {
        ObjectID(digits: String(decoding: $0, as: UTF8.self))
      })
  }
}

extension ObjectID {
  /// Nil when a text is not 40 hexadecimal digits.
  init?(digits: String) {
    var id = git_oid()
    guard digits.utf8.count == 40, git_oid_fromstr(&id, digits) == 0 else { return nil }
    self.init(id)
  }
}

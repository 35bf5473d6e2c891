import CGit2
import Glibc
import Platform
import SystemPackage

/// A bundle that became a repository.
package struct OpenedBundle {
  /// Bare; in the folder that was asked for.
  package let repository: Repository
  /// The names of the bundle and the commits that they lead to (40 hexadecimal digits), in its order.
  package let references: [(name: String, commit: String)]
}

extension Repository {
  /// Makes a bare repository of a git bundle (version 2, or version 3 with SHA-1 names), whoever wrote it.
  ///
  /// Every object is named by its content anew, and everything that the commits need is looked for, so that a damaged
  /// bundle is refused whole. Memory stays within a few times the limit of one object.
  ///
  /// - Parameters:
  ///   - folder: not there, or empty. What a failed call leaves in it is the caller's to remove.
  ///   - boundary: the commits whose parents are not in it, as ``WrittenBundle/boundary`` has them.
  ///   - commit: must be among those that it names.
  /// - Throws: ``Failure``: `.corrupt` for a bundle that is damaged, cut off, or lacks something; `.unsupported` for one
  ///   that builds on commits from elsewhere or of another version; `CancellationError` when stopped.
  package static func openBundle(
    _ file: FilePath, into folder: FilePath, boundary: [String] = [],
    expecting commit: String? = nil, limits: BundleLimits = BundleLimits(),
    isStopped: @escaping () -> Bool = { false }
  ) throws -> OpenedBundle {
    try LibGit2.start()
    let input = try FileSystem.openForReading(file)
    defer { try? input.close() }
    var status = stat()
    guard fstat(input.rawValue, &status) == 0 else { throw Failure(errno: errno, "read", file) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.invalid, "the bundle `\(file)` is no file")
    }
    func corrupt(_ reason: String, cause: String? = nil) -> Failure {
      Failure(.corrupt, "the bundle `\(file)` cannot be read: \(reason)", cause: cause)
    }
    let start = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
      count = max(0, pread(input.rawValue, buffer.baseAddress, buffer.count, 0))
    }
    let header = try BundleHeader(start, of: file)
    if let commit, !header.references.contains(where: { $0.object.hex == commit }) {
      throw corrupt("it does not name the commit \(commit)")
    }
    let pack = header.packStart..<max(header.packStart, Int(status.st_size))
    do {
      var scan = PackScan(input.rawValue, pack, limits)
      try scan.run(isStopped: isStopped)
    } catch let problem as PackScan.Problem { throw corrupt(problem.reason) }
    let target = try emptyFolder(folder)
    var handle: OpaquePointer?
    try LibGit2.check(
      target.withPlatformString { git_repository_init(&handle, $0, 1) },
      "create a repository in `\(target)`")
    git_repository_free(handle)
    try index(input.rawValue, pack, into: target.pushing("objects/pack"), isStopped, corrupt)
    let repository = try open(target)
    let references = try repository.adopt(header, boundary, isStopped, corrupt)
    return OpenedBundle(repository: repository, references: references)
  }

  private static func emptyFolder(_ folder: FilePath) throws -> FilePath {
    let target = try FileSystem.absolute(folder)
    try FileSystem.createDirectory(target)
    guard try FileSystem.components(in: target).isEmpty else {
      throw Failure(.conflict, "cannot open a bundle into `\(target)`: it is not empty")
    }
    return target
  }

  /// Copies a pack out of a file and names its objects.
  private static func index(
    _ descriptor: Int32, _ range: Range<Int>, into folder: FilePath, _ isStopped: () -> Bool,
    _ corrupt: (String, String?) -> Failure
  ) throws {
    var options = git_indexer_options()
    git_indexer_options_init(&options, UInt32(GIT_INDEXER_OPTIONS_VERSION))
    var indexer: OpaquePointer?
    try LibGit2.check(
      folder.withPlatformString { git_indexer_new(&indexer, $0, 0, nil, &options) },
      "begin a pack in `\(folder)`")
    defer { git_indexer_free(indexer) }
    var progress = git_indexer_progress()
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var place = range.lowerBound
    while place < range.upperBound {
      if isStopped() { throw CancellationError() }
      let wanted = min(piece.count, range.upperBound - place)
      let count = pread(descriptor, &piece, wanted, place)
      guard count > 0 else { throw corrupt("it ends within its pack", nil) }
      place += count
      guard git_indexer_append(indexer, piece, count, &progress) == 0 else {
        throw corrupt("its pack is damaged", LibGit2.lastError().message)
      }
    }
    guard git_indexer_commit(indexer, &progress) == 0 else {
      throw corrupt("its pack is damaged", LibGit2.lastError().message)
    }
  }

  /// Takes over the names of a bundle, when all that they need is there.
  private func adopt(
    _ header: BundleHeader, _ boundary: [String], _ isStopped: @escaping () -> Bool,
    _ corrupt: (String, String?) -> Failure
  ) throws -> [(name: String, commit: String)] {
    var known: Set<ObjectID> = []
    for name in boundary {
      guard let id = ObjectID(digits: name) else {
        throw Failure(.invalid, "`\(name)` is no name of a commit where the history ends")
      }
      known.insert(id)
    }
    var commits: [(name: String, commit: String)] = []
    var walk = try ObjectWalk(self, isStopped: isStopped)
    var met: Set<ObjectID> = []
    for (name, object) in header.references {
      var id = object.raw
      var handle: OpaquePointer?
      defer { git_object_free(handle) }
      guard git_object_lookup(&handle, self.handle, &id, GIT_OBJECT_ANY) == 0 else {
        throw corrupt("it does not hold \(object.hex), which it names", nil)
      }
      var commit: OpaquePointer?
      defer { git_object_free(commit) }
      // A tag may stand for a file.
      if git_object_peel(&commit, handle, GIT_OBJECT_COMMIT) == 0, let id = git_object_id(commit) {
        let id = ObjectID(id.pointee)
        do {
          met.formUnion(try walk.history(of: id, boundary: known))
        } catch let failure as Failure { throw corrupt("its commits are damaged", failure.message) }
        commits.append((name, id.hex))
      }
      try point(name, at: object, corrupt)
    }
    if let (object, path) = walk.missing.first {
      let what = path.isEmpty ? "the commit" : "`\(String(decoding: path, as: UTF8.self))`,"
      throw corrupt("it lacks \(what) \(object.hex)", nil)
    }
    if !met.isEmpty {
      let lines = met.map { $0.hex + "\n" }.sorted().joined()
      try FileSystem.write(lines, to: gitDirectory.appending("shallow"), durable: false)
    }
    return commits
  }

  private func point(
    _ name: String, at object: ObjectID, _ corrupt: (String, String?) -> Failure
  ) throws {
    var id = object.raw
    if name == "HEAD" {
      try FileSystem.write("\(object.hex)\n", to: gitDirectory.appending("HEAD"), durable: false)
      return
    }
    var reference: OpaquePointer?
    defer { git_reference_free(reference) }
    guard name.hasPrefix("refs/"),
      git_reference_create(&reference, handle, name, &id, 0, nil) == 0
    else { throw corrupt("it names a commit `\(name)`, which is no name", nil) }
  }
}

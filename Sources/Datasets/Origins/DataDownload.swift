import Git
import Glibc
import Platform
import SystemPackage

/// Takes a file or folder of another repository out of it, versioned or not, without a project of one's own.
package struct DataDownload {
  let origin: DataOrigin
  let watch: FileWatch

  package init(_ origin: DataOrigin, watch: FileWatch = FileWatch()) {
    self.origin = origin
    self.watch = watch
  }

  /// Writes what is at a path of the repository; it appears whole or not at all.
  ///
  /// - Parameters:
  ///   - target: where; a folder that is there takes it in.
  ///   - isForced: whether something that is there is replaced.
  /// - Returns: where it is.
  /// - Throws: ``Failure``: `.conflict` when something is there.
  package func download(
    _ path: FilePath, to target: FilePath, isForced: Bool
  ) throws -> FilePath {
    let target =
      FileSystem.isDirectory(target)
      ? path.lastComponent.map { target.appending($0) } ?? target : target
    return try place(path, at: target, isForced: isForced)
  }

  /// The same, at exactly a path.
  func place(_ path: FilePath, at target: FilePath, isForced: Bool) throws -> FilePath {
    guard isForced || !FileSystem.exists(target) else {
      throw Failure(
        .conflict, "`\(target)` is there already", hint: "`--force` replaces it, `-o` names another"
      )
    }
    let folder = target.removingLastComponent()
    try FileSystem.createDirectory(folder)
    TemporaryDirectory.removeAbandoned(prefix: ".reprise-get-", in: folder)
    let work = try TemporaryDirectory(prefix: ".reprise-get-", in: folder)
    let made = try materialize(path, in: work.path)
    if watch.isCancelled() { throw Failure(.interrupted, "interrupted") }
    let old = work.path.appending("old")
    if FileSystem.exists(target) { try FileSystem.rename(target, to: old) }
    try FileSystem.rename(made, to: target)
    return target
  }

  /// Makes the content below a temporary folder, and says where.
  private func materialize(_ path: FilePath, in work: FilePath) throws -> FilePath {
    switch try origin.find(path) {
    case .files(let files): return try write(files, to: work.appending("files"))
    case .data(var tracked, let below, let project):
      let cache = ObjectCache(work.appending("cache"))
      try origin.bring(tracked.output, below: below, of: project, into: cache, watch: watch)
      let root = work.appending("root")
      let name: FilePath = "data"
      tracked.path = name
      if !below.isEmpty { tracked.output.extras = nil }
      try FileSystem.createDirectory(root)
      var options = DataCheckout.Options()
      // The contents are ours alone: they may become the files themselves.
      options.kinds = [.reflink, .hardlink, .copy]
      let checkout = DataCheckout(
        try project.keeping(in: cache, at: root), options, watch: watch)
      guard
        let plan = try checkout.plan(tracked, below: below.isEmpty ? nil : below),
        !plan.result.isEmpty || below.isEmpty
      else { throw Failure(.notFound, "`\(origin.url)` has no `\(path)`") }
      _ = try checkout.carryOut([plan])
      let made = root.pushing(name).pushing(below)
      try makeWritable(made)
      return made
    }
  }

  /// Contents are read-only, files are not.
  private func makeWritable(_ path: FilePath) throws {
    let mask = umask(0)
    umask(mask)
    func change(_ file: FilePath) throws {
      guard let status = try FileSystem.linkStatus(file), status.kind == .file else { return }
      let isProgram = status.mode & 0o100 != 0
      _ = file.withPlatformString { chmod($0, (isProgram ? 0o777 : 0o666) & ~mask) }
    }
    guard try FileSystem.linkStatus(path)?.kind == .directory else { return try change(path) }
    var walk = FolderWalk(path, isIgnored: { _, _ in false }, isCancelled: watch.isCancelled)
    try walk.run()
    for index in walk.table.entries.indices where walk.table.entries[index].kind == .file {
      try change(path.pushing(FilePath(walk.table.text(index))))
    }
  }

  private func write(_ files: [TreeFile], to target: FilePath) throws -> FilePath {
    for file in files {
      let path = String(decoding: file.path, as: UTF8.self)
      guard path.isEmpty || FolderListing.isSafe(file.path) else {
        throw Failure(.invalid, "`\(path)` leads out of the repository")
      }
      let place = path.isEmpty ? target : target.pushing(FilePath(path))
      try FileSystem.createDirectory(place.removingLastComponent())
      let content = try origin.git.content(of: file)
      switch file.kind {
      case .file: try FileSystem.write(content, to: place, mode: 0o666, durable: false)
      case .program: try FileSystem.write(content, to: place, mode: 0o777, durable: false)
      case .link:
        let to = FilePath(String(decoding: content, as: UTF8.self))
        let end = FilePath(path).removingLastComponent().pushing(to).lexicallyNormalized()
        // A link that leads elsewhere is not made: who wrote the repository does not know this machine.
        guard !to.isAbsolute, end.components.first?.kind != .parentDirectory else { continue }
        guard symlink(to.string, place.string) == 0 else {
          throw Failure(errno: errno, "create the link", place)
        }
      case .submodule: continue
      }
      watch.progress(1, Int64(content.count))
    }
    return target
  }
}

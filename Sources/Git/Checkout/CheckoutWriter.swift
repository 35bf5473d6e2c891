import Glibc
import Platform
import Synchronization
import SystemPackage

/// Writes the files of a commit into the empty work tree of a repository, on more than one core.
///
/// Attributes come first, because they say how the others are written; how they themselves are is seen to when the others
/// are there. Links come last, so that nothing is ever written or looked up through one.
struct CheckoutWriter: Sendable {
  let folder: FilePath
  let files: [TreeFile]
  let stores: LargeFileStore
  let hasLinks: Bool
  /// Whether any file may stand in the work tree as anything but what git keeps.
  let hasFilters: Bool
  let isStopped: @Sendable () -> Bool

  /// What was done with one file.
  struct Outcome: Sendable {
    /// What `lstat` says of it; zeros for a submodule.
    var status = stat()
    var largeFile: LocalCheckout.LargeFile?
    var unfiltered: LocalCheckout.Unfiltered?
  }

  /// So many files at a time are one thread's.
  private static let chunk = 64
  /// How long ago the files were written, as their times say: what changes one afterwards gives it another time, however
  /// soon it comes.
  private static let age = 10

  /// - Returns: in the order of the files.
  func write() throws -> [Outcome] {
    var outcomes = [Outcome](repeating: Outcome(), count: files.count)
    try makeFolders()
    let (attributes, rest) = files.indices.filter { files[$0].kind != .submodule }.divided {
      files[$0].path.hasName(".gitattributes")
    }
    let (links, plain) = rest.divided { files[$0].kind == .link }
    for (group, isRaw) in [(attributes, true), (plain, !hasFilters), (links, true)] {
      for (index, outcome) in zip(group, try write(group, raw: isRaw)) { outcomes[index] = outcome }
      guard group == plain, hasFilters else { continue }
      for (index, outcome) in try rewrite(attributes) { outcomes[index] = outcome }
    }
    return outcomes
  }

  private func makeFolders() throws {
    var last: ArraySlice<UInt8> = []
    for file in files {
      let end = file.path.lastIndex(of: UInt8(ascii: "/")) ?? 0
      let path = file.kind == .submodule ? file.path[...] : file.path[..<end]
      guard !path.isEmpty, path != last else { continue }
      last = path
      try FileSystem.createDirectory(folder.pushing(FilePath(pathBytes: Array(path))))
    }
  }

  /// Attributes hold for the files that they stand in too.
  private func rewrite(_ attributes: [Int]) throws -> [(Int, Outcome)] {
    let repository = try Repository.open(folder)
    let filter = WorkTreeFilter(repository: repository)
    let changed = try attributes.filter { files[$0].kind != .link }.compactMap {
      index -> (Int, [UInt8])? in
      let file = files[index]
      let content = try repository.content(of: file)
      guard case .content(let bytes) = try filter.apply(to: content, of: file.path, file.object),
        bytes != content
      else { return nil }
      return (index, bytes)
    }
    return try changed.map { index, bytes in
      let name = FilePath(pathBytes: files[index].path)
      let path = folder.pushing(name)
      try FileSystem.remove(path)
      try write(bytes, to: path, files[index].kind == .program ? 0o755 : 0o644, name)
      return (index, Outcome(status: Self.settle(path, Self.pastTime())))
    }
  }

  private static func pastTime() -> timespec { timespec(tv_sec: Glibc.time(nil) - age, tv_nsec: 0) }

  /// Gives a file its time; what `lstat` says of it then.
  private static func settle(_ path: FilePath, _ time: timespec) -> stat {
    var times = [time, time]
    var status = stat()
    path.withPlatformString { name in
      _ = utimensat(AT_FDCWD, name, &times, AT_SYMLINK_NOFOLLOW)
      _ = lstat(name, &status)
    }
    return status
  }

  private func write(_ group: [Int], raw isRaw: Bool) throws -> [Outcome] {
    let chunks = (group.count + Self.chunk - 1) / Self.chunk
    let found = Mutex<[[Outcome]]>(Array(repeating: [], count: chunks))
    let failure = Mutex<(any Error)?>(nil)
    let time = Self.pastTime()
    ParallelWork.each(chunks, with: { Result { try Repository.open(folder) } }) {
      repository, number in
      if isStopped() || failure.withLock({ $0 != nil }) { return }
      do {
        let part = group[number * Self.chunk..<min(group.count, (number + 1) * Self.chunk)]
        let outcomes = try part.map { try write(files[$0], raw: isRaw, try repository.get(), time) }
        found.withLock { $0[number] = outcomes }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if isStopped() { throw CancellationError() }
    if let error = failure.withLock({ $0 }) { throw error }
    return found.withLock { Array($0.joined()) }
  }

  private func write(
    _ file: TreeFile, raw isRaw: Bool, _ repository: Repository, _ time: timespec
  ) throws -> Outcome {
    let name = FilePath(pathBytes: file.path)
    let path = folder.pushing(name)
    let content = try content(of: file, name, repository)
    var outcome = Outcome()
    if file.kind == .link, hasLinks {
      let target = FilePath(pathBytes: content)
      let code = target.withPlatformString { to in path.withPlatformString { symlink(to, $0) } }
      guard code == 0 else { throw refusal(errno, name) }
    } else {
      let mode: mode_t = file.kind == .program ? 0o755 : 0o644
      let filter = WorkTreeFilter(repository: repository)
      switch isRaw ? .content(content) : try filter.apply(to: content, of: file.path, file.object) {
      case .content(let bytes): try write(bytes, to: path, mode, name)
      case .largeFile(let pointer):
        let isThere = try stores.write(pointer, to: path, mode: mode)
        if !isThere { try write(content, to: path, mode, name) }
        outcome.largeFile = LocalCheckout.LargeFile(
          path: name, digest: pointer.digest, size: ByteCount(pointer.size), isThere: isThere)
      case .unfiltered(let bytes, let attribute):
        try write(bytes, to: path, mode, name)
        outcome.unfiltered = LocalCheckout.Unfiltered(path: name, attribute: attribute)
      }
    }
    outcome.status = Self.settle(path, time)
    return outcome
  }

  private func write(
    _ bytes: [UInt8], to path: FilePath, _ mode: mode_t, _ name: FilePath
  ) throws {
    let descriptor = path.withPlatformString {
      open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    }
    guard descriptor >= 0 else { throw refusal(errno, name) }
    defer { close(descriptor) }
    try FileSystem.writeAll(descriptor, bytes, to: path)
  }

  private func content(
    of file: TreeFile, _ name: FilePath, _ repository: Repository
  ) throws -> [UInt8] {
    guard repository.size(of: file.object) != nil else {
      throw Failure(
        .notFound, "the content of `\(name)` is not in the repository: \(file.object.hex)",
        hint: "git fetch --refetch origin")
    }
    return try repository.content(of: file)
  }

  private func refusal(_ number: Int32, _ name: FilePath) -> Failure {
    guard number == EEXIST else { return Failure(errno: number, "write", name) }
    return Failure(.corrupt, "the commit holds `\(name)` more than once")
  }
}

extension Sequence {
  /// The elements for which a test holds, and the others; both in order.
  fileprivate func divided(_ isFirst: (Element) -> Bool) -> (first: [Element], other: [Element]) {
    reduce(into: ([], [])) { parts, element in
      if isFirst(element) { parts.0.append(element) } else { parts.1.append(element) }
    }
  }
}

extension [UInt8] {
  /// Whether the last part of a path is a name.
  func hasName(_ name: StaticString) -> Bool {
    let last = self[((lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
    return name.withUTF8Buffer { last.elementsEqual($0) }
  }
}

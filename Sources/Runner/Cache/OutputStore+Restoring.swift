import Glibc
import Platform
import Records
import SystemPackage

extension OutputStore {
  /// Brings a path to the state in which it was recorded.
  ///
  /// What is so already is left alone; a folder is replaced as a whole, in one step, and what was not part of it goes. The
  /// files in it that are right are the same files afterwards. Nothing is changed when something cannot be brought back.
  ///
  /// - Parameters:
  ///   - root: the project: a path that leads out of it is refused, also through links.
  ///   - programs: what ``keep(_:from:)`` gave.
  /// - Returns: whether something was brought back; false when all was right.
  /// - Throws: ``Failure`` with `.notFound` for what is not kept, `.corrupt` for an object that was damaged and is gone
  ///   now, `.permission` for a path that leads out of the project.
  @discardableResult
  package func restore(
    _ file: RecordedFile, to path: FilePath, within root: FilePath, programs: Set<String> = []
  ) throws -> Bool {
    let target = RunPlan.resolved(path)
    let root = FileSystem.realPath(root) ?? root
    guard target.starts(with: root), target != root else {
      throw Failure(.permission, "`\(path)` leads out of `\(root)`: nothing is written there")
    }
    if try isRight(file, at: target, programs: programs) { return false }
    switch file.kind {
    case .missing: try FileSystem.removeTree(target)
    case .file:
      let digest = file.digest ?? ""
      try bring(to: target) { new in
        try copy(digest, to: new, isProgram: programs.contains(""), shown: path)
      }
    case .folder:
      guard let list = try file.digest.flatMap(list(of:)) else { throw OutputStore.notKept(path) }
      try bring(to: target) { try make(list, at: $0, programs, from: target) }
    }
    return true
  }

  /// Whether a path holds just what was recorded.
  package func isRight(
    _ file: RecordedFile, at path: FilePath, programs: Set<String> = []
  ) throws -> Bool {
    let found = try ContentDigest.record(.output, file.path, at: path)
    guard found.kind == file.kind, found.digest == file.digest else { return false }
    guard file.kind != .missing, let status = try FileSystem.status(path) else { return true }
    guard status.kind == .directory else { return status.isExecutable == programs.contains("") }
    var executable: Set<String> = []
    try ContentDigest.members(of: path, status) { name, _, status in
      if status.isExecutable { executable.insert(name) }
    }
    return executable == programs
  }

  /// Makes something new beside the target, then puts it there in one step.
  private func bring(to target: FilePath, _ make: (FilePath) throws -> Void) throws {
    let parent = target.removingLastComponent()
    try FileSystem.createDirectory(parent)
    let own = try workplace()
    do {
      let new = own.path.appending("new")
      try make(new)
      try OutputStore.put(new, at: target, aside: own.path.appending("old"))
    } catch let failure as Failure where failure.code == .unsupported {
      // The records lie on another file system than the project.
      let near = try TemporaryDirectory(prefix: ".reprise-", in: parent)
      let new = near.path.appending("new")
      try make(new)
      try OutputStore.put(new, at: target, aside: near.path.appending("old"))
    }
  }

  /// Puts a new file or folder in the place of whatever is there.
  ///
  /// - Throws: ``Failure`` with `.unsupported` when the two lie on different file systems.
  private static func put(_ new: FilePath, at target: FilePath, aside: FilePath) throws {
    let name = { (path: FilePath, body: (UnsafePointer<CChar>) -> Int32) in
      path.withPlatformString { body($0) }
    }
    if FileSystem.exists(target) {
      if let exchange,
        name(new, { a in name(target) { b in exchange(AT_FDCWD, a, AT_FDCWD, b, 2) } }) == 0
      {
        return
      }
      if errno == EXDEV { throw Failure(.unsupported, "`\(target)` lies on another file system") }
      try FileSystem.rename(target, to: aside)
    }
    guard name(new, { a in name(target) { b in Glibc.rename(a, b) } }) != 0 else { return }
    let number = errno
    if number == EXDEV { throw Failure(.unsupported, "`\(target)` lies on another file system") }
    try? FileSystem.rename(aside, to: target)
    throw Failure(errno: number, "write", target)
  }

  private typealias Exchange =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

  /// `renameat2`, in glibc since 2.28, but not in the headers that Swift sees; 2 is `RENAME_EXCHANGE`.
  private static let exchange = dlsym(nil, "renameat2").map {
    unsafeBitCast($0, to: Exchange.self)
  }

  /// Makes a folder from its list. Of the old one the files that are right become part of it, so that they cost nothing.
  private func make(
    _ list: FolderList, at new: FilePath, _ programs: Set<String>, from old: FilePath
  ) throws {
    try FileSystem.createDirectory(new)
    for member in list.members {
      let name = FilePath(member.name)
      let target = new.pushing(name)
      try FileSystem.createDirectory(target.removingLastComponent())
      let isProgram = programs.contains(member.name)
      let there = old.pushing(name)
      // A file behind a linked folder is somebody else's.
      if let status = try? FileSystem.linkStatus(there), status.kind == .file,
        status.isExecutable == isProgram, FileSystem.realPath(there) == there,
        try SHA256.digest(ofFile: there).hex == member.digest,
        there.withPlatformString({ a in target.withPlatformString { link(a, $0) } }) == 0
      {
        continue
      }
      try copy(member.digest, to: target, isProgram: isProgram, shown: there)
    }
  }

  /// Copies an object out, verified; one that is damaged is removed.
  private func copy(
    _ digest: String, to target: FilePath, isProgram: Bool, shown: FilePath
  ) throws {
    guard let object = path(of: digest) else { throw OutputStore.notKept(shown) }
    let found = try ContentCopy.make(
      of: object, at: target, mode: isProgram ? 0o777 : 0o666, shown: shown)
    guard found == digest else {
      try? FileSystem.remove(object)
      throw Failure(.corrupt, "what was kept of `\(shown)` is damaged, and was removed")
    }
  }

  private static func notKept(_ path: FilePath) -> Failure {
    Failure(.notFound, "`\(path)` is not kept")
  }
}

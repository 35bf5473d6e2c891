import Glibc
import Platform
import Records
import SystemPackage

extension OutputStore {
  /// Keeps a file or folder as it was recorded.
  ///
  /// The content is hashed while it is copied: what changed since it was recorded is not kept. Costs nothing but a look
  /// at the names when all is kept already.
  ///
  /// - Returns: the files that are programs, by their names below the folder, `""` for a file itself: a digest knows
  ///   nothing of that. For ``restore(_:to:within:programs:)``.
  /// - Throws: ``Failure``: `.conflict` when it changed, `.noSpace` when the disk is full or nearly so, `.unsupported` for
  ///   names that a list cannot hold. Nothing is kept by half that could be taken for a whole.
  @discardableResult
  package func keep(_ file: RecordedFile, from path: FilePath) throws -> Set<String> {
    switch file.kind {
    case .missing: return []
    case .file:
      guard let digest = file.digest, let status = try FileSystem.status(path) else { return [] }
      let work = try workplace()
      try checkRoom(file)
      let found = try keep(path, status, as: digest, in: work.path.appending("object"))
      guard found == digest else { throw OutputStore.changed(path) }
      return status.isExecutable ? [""] : []
    case .folder: return try keepFolder(file, from: path)
    }
  }

  /// Keeps a text, such as a list.
  ///
  /// - Returns: its digest.
  @discardableResult
  package func keep(_ text: [UInt8]) throws -> String {
    let digest = SHA256.digest(of: text).hex
    guard let place = place(of: digest) else { return digest }
    if try FileSystem.status(place)?.size == Int64(text.count) { return digest }
    let work = try workplace()
    let object = work.path.appending("object")
    try FileSystem.write(text, to: object, mode: 0o444, durable: false)
    try move(object, to: place)
    return digest
  }

  private func keepFolder(_ file: RecordedFile, from path: FilePath) throws -> Set<String> {
    guard let status = try FileSystem.status(path), status.kind == .directory else {
      throw OutputStore.changed(path)
    }
    let known = try file.digest.flatMap(list(of:))
    let digests = Dictionary((known?.members ?? []).map { ($0.name, $0.digest) }) { $1 }
    let work = try workplace()
    try checkRoom(file)
    var list = FolderList()
    var programs: Set<String> = []
    try ContentDigest.members(of: path, status) { name, member, status in
      try Task.checkCancellation()
      let object = work.path.appending("object")
      let digest = try keep(member, status, as: digests[name], in: object)
      list.members.append(FolderList.Member(name, digest))
      if status.isExecutable { programs.insert(name) }
    }
    guard list.isExact else {
      throw Failure(
        .unsupported, "`\(path)` has a name with a line feed, or that is not UTF-8",
        hint: "rename it")
    }
    // The list comes last: who finds it finds all that it names.
    guard SHA256.digest(of: list.text).hex == file.digest else { throw OutputStore.changed(path) }
    try keep(list.text)
    return programs
  }

  /// Keeps one file.
  ///
  /// - Parameters:
  ///   - digest: what it is known to be; an object of that name and size is taken for it.
  ///   - object: where the copy is made.
  /// - Returns: the digest of what was kept.
  private func keep(
    _ path: FilePath, _ status: FileStatus, as digest: String?, in object: FilePath
  ) throws -> String {
    if let digest, let place = place(of: digest),
      try FileSystem.status(place)?.size == status.size
    {
      return digest
    }
    let found = try ContentCopy.make(of: path, at: object, mode: 0o644, shown: object)
    _ = object.withPlatformString { chmod($0, 0o444) }
    guard let place = place(of: found) else { return found }
    try move(object, to: place)
    return found
  }

  private func move(_ object: FilePath, to place: FilePath) throws {
    try FileSystem.createDirectory(place.removingLastComponent())
    try FileSystem.rename(object, to: place)
  }

  /// A run's record matters more than a copy of what it made: room for the one is left.
  private func checkRoom(_ file: RecordedFile) throws {
    var room = statvfs()
    guard folder.withPlatformString({ statvfs($0, &room) }) == 0 else { return }
    let free = Int64(clamping: UInt64(room.f_bavail)) &* Int64(clamping: UInt64(room.f_frsize))
    guard free - OutputStore.reserve < file.size, try !has(file) else { return }
    throw Failure(
      .noSpace, "`\(file.path)` was not kept: the disk has only \(ByteCount(free)) free",
      hint: "free some room, or set `cache: false` in MLproject")
  }

  /// Bytes that are left free.
  private static let reserve: Int64 = 1 << 26

  private static func changed(_ path: FilePath) -> Failure {
    Failure(.conflict, "`\(path)` changed while it was kept")
  }
}

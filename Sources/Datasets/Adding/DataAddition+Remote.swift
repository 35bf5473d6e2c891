import Glibc
import Platform
import SystemPackage

extension DataAddition {
  /// Adds a path with its contents in a remote and none in the cache: for data that does not fit twice.
  ///
  /// A path outside of the project is named in it by its last part, and need not be copied at all.
  ///
  /// - Parameter folder: where a path from outside gets its pointer.
  /// - Throws: as ``add(_:)``, and what the remote does.
  package func add(_ path: FilePath, to transfer: DataTransfer, from folder: FilePath) throws
    -> Added
  {
    var plain = self
    plain.options.keepsNothing = true
    let outside = try outsidePlace(path, folder)
    let (relative, existing) =
      try outside.map { try plain.place($0, isThere: false) } ?? plain.place(path)
    let target = outside == nil ? repository.root.pushing(relative) : path
    var (snapshot, finished, strong) = try plain.read(target, relative, existing)
    let extras = try keepExtras(snapshot, target)
    try upload(snapshot, target, transfer, strong, extras)
    let added = try plain.finish(&snapshot, target, relative, existing, strong, extras: extras)
    if outside == nil {
      try? StatCache(snapshot.table).write(to: repository.statFile(relative), at: finished)
    }
    return added
  }

  /// Where data from outside of the project would be in it; nil for data inside.
  private func outsidePlace(_ path: FilePath, _ folder: FilePath) throws -> FilePath? {
    guard let real = FileSystem.realPath(path), repository.relative(real) == nil,
      let name = path.lastComponent
    else { return nil }
    let place = folder.appending(name)
    guard !FileSystem.exists(place) else {
      throw Failure(.conflict, "`\(place)` is there already", hint: "rename it first")
    }
    return place
  }

  private func upload(
    _ snapshot: Snapshot, _ target: FilePath, _ transfer: DataTransfer, _ strong: StrongRecord?,
    _ extras: MD5Digest?
  ) throws {
    guard let object = snapshot.objectName() else { return }
    if object.isFolder, let digest = try strong?.keep(snapshot, in: repository.cache) {
      try transfer.push(strong: digest)
    }
    var files: [ObjectName: FilePath] = [:]
    for index in snapshot.table.entries.indices where snapshot.table.entries[index].isHashed {
      let name = snapshot.table.text(index)
      files[ObjectName(snapshot.table.entries[index].digest)] =
        name.isEmpty ? target : target.pushing(FilePath(name))
    }
    var listing: (ObjectName, [UInt8])?
    if object.isFolder { listing = (object, FolderListing.bytes(of: snapshot.table)) }
    if let extras { try transfer.push(extras: extras) }
    let result = try transfer.push(files, listing: listing)
    if var failure = result.failures.first {
      failure.details = Array(result.failures.dropFirst().prefix(20))
      throw failure
    }
  }
}

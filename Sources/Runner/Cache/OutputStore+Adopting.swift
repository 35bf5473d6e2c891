import Glibc
import Platform
import SystemPackage

extension OutputStore {
  /// Takes over objects that were verified elsewhere on the same file system: `xx/REST` in a folder, as they stand here.
  ///
  /// An object of the same size that is here stays.
  func adopt(from folder: FilePath) throws {
    guard FileSystem.isDirectory(folder) else { return }
    for prefix in try FileSystem.names(in: folder) {
      for name in try FileSystem.names(in: folder.appending(prefix)) {
        let object = folder.appending(prefix).appending(name)
        guard let place = place(of: prefix + name) else { continue }
        if try FileSystem.status(place)?.size == FileSystem.status(object)?.size { continue }
        _ = object.withPlatformString { chmod($0, 0o444) }
        try FileSystem.createDirectory(place.removingLastComponent())
        try FileSystem.rename(object, to: place)
      }
    }
  }
}

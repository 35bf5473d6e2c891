import Glibc
import Platform
import SystemPackage

/// Room on the disk that is taken before a run and given back at its end, so that the end can be written even when the
/// run has filled the disk.
enum Ballast {
  /// A few pages of the database and of its log, several times over.
  private static let size = 1 << 18

  /// Takes the room. A file system that cannot set room aside goes without.
  ///
  /// - Throws: ``Failure`` with code `.noSpace` when there is none.
  static func take(_ path: FilePath) throws {
    try FileSystem.createDirectory(path.removingLastComponent())
    let file = try FileSystem.openForWriting(path)
    defer { try? file.close() }
    var number = EINTR
    while number == EINTR { number = posix_fallocate(file.rawValue, 0, off_t(size)) }
    if number == ENOSPC || number == EDQUOT || number == EFBIG {
      throw Failure(errno: number, "set room aside in", path)
    }
  }
}

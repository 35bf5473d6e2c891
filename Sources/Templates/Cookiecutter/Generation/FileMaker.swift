import Glibc
import Platform
import SystemPackage

/// Makes the files of a project with their permissions, which the process's mask does not narrow.
struct FileMaker {
  /// The permissions that the mask was seen to leave as they are.
  private var unmasked: Set<UInt32> = []

  /// Makes a file and has it filled. What a hook has put there before goes.
  mutating func make(
    _ path: FilePath, mode: UInt32, _ fill: (_ descriptor: Int32) throws -> Void
  ) throws {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    var file = open(path.string, flags, mode)
    if file < 0, errno == EEXIST, unlink(path.string) == 0 {
      file = open(path.string, flags, mode)
    }
    guard file >= 0 else { throw Failure(errno: errno, "write", path) }
    defer { close(file) }
    try fill(file)
    guard !unmasked.contains(mode) else { return }
    var status = stat()
    if fstat(file, &status) == 0, status.st_mode & 0o7777 == mode {
      // Bits like setuid can go with every write, and are looked at every time.
      if mode & 0o7000 == 0 { unmasked.insert(mode) }
    } else if fchmod(file, mode) != 0 {
      throw Failure(errno: errno, "write", path)
    }
  }
}

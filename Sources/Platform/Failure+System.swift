import Glibc
import SystemPackage

extension Failure {
  /// A system call that failed: `cannot read `data.csv`: permission denied`.
  ///
  /// - Parameters:
  ///   - number: the value of `errno` right after the call.
  ///   - action: what was being done, as a verb: `read`, `create`, `rename`.
  package init(errno number: Int32, _ action: String, _ path: FilePath) {
    let reason = String(cString: strerror(number)).lowercasedFirst
    self.init(
      Code(errno: number), "cannot \(action) `\(path)`: \(reason)",
      hint: Failure.hint(errno: number))
  }

  private static func hint(errno number: Int32) -> String? {
    switch number {
    case ENOSPC, EDQUOT: "free some room on that disk, then run the command again"
    case EROFS: "the file system is mounted read-only; choose a folder that can be written"
    default: nil
    }
  }
}

extension Failure.Code {
  /// The kind that an `errno` belongs to.
  package init(errno number: Int32) {
    switch number {
    case ENOENT, ENOTDIR: self = .notFound
    case EACCES, EPERM, EROFS: self = .permission
    case ENOSPC, EDQUOT, EFBIG: self = .noSpace
    case EEXIST, ENOTEMPTY: self = .conflict
    case EAGAIN, EBUSY, ETXTBSY: self = .locked
    case EINTR: self = .interrupted
    default: self = .io
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String {
    guard let first, dropFirst().first?.isUppercase != true else { return self }
    return first.lowercased() + dropFirst()
  }
}

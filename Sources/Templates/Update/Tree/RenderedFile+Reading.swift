import Glibc
import Platform
import SystemPackage

extension RenderedFile {
  /// What is at a path; nil when nothing is there, or something that is neither a file nor a link.
  package init?(reading path: FilePath) throws {
    guard let status = try FileSystem.linkStatus(path) else { return nil }
    switch status.kind {
    case .file:
      self.init(try FileSystem.read(path), kind: status.mode & 0o100 != 0 ? .program : .file)
    case .link: self.init(try Self.target(of: path), kind: .link)
    case .directory, .other: return nil
    }
  }

  /// Where a link leads, byte for byte.
  private static func target(of link: FilePath) throws -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 4097)
    let count = link.withPlatformString { readlink($0, &buffer, 4096) }
    guard count >= 0 else { throw Failure(errno: errno, "read", link) }
    return buffer[..<count].map { UInt8(bitPattern: $0) }
  }

  /// Puts the file at a path where nothing is, with permissions.
  ///
  /// - Parameter mode: nil takes what the process's mask allows.
  func write(to path: FilePath, mode: UInt32? = nil) throws {
    if kind == .link {
      let target = content.map { CChar(bitPattern: $0) } + [0]
      guard path.withPlatformString({ symlink(target, $0) }) == 0 else {
        throw Failure(errno: errno, "create", path)
      }
      return
    }
    let usual: UInt32 = kind == .program ? 0o777 : 0o666
    let file = try FileSystem.openForWriting(path, mode: usual)
    defer { try? file.close() }
    try FileSystem.writeAll(file.rawValue, content, to: path)
    if let mode, fchmod(file.rawValue, mode) != 0 { throw Failure(errno: errno, "write", path) }
  }
}

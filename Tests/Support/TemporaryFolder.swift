import Glibc
import Platform
import SystemPackage

/// A folder for one test, removed with all it holds when the value is no longer used.
public final class TemporaryFolder: Sendable {
  /// The folder, links resolved.
  public let path: FilePath

  /// Makes the folder under the system's temporary one.
  public init() throws {
    let made = try TemporaryDirectory(prefix: "reprise-test-").keep()
    path = FileSystem.realPath(made) ?? made
  }

  deinit { try? FileSystem.removeTree(path) }

  /// Writes a file and the folders above it.
  @discardableResult
  public func write(_ text: String, to name: String, mode: UInt32 = 0o644) throws -> FilePath {
    let file = path.appending(name)
    try FileSystem.createDirectory(file.removingLastComponent())
    try FileSystem.write(Array(text.utf8), to: file, mode: mode, durable: false)
    return file
  }

  /// The text of a file.
  public func read(_ name: String) throws -> String {
    try FileSystem.readText(path.appending(name))
  }
}

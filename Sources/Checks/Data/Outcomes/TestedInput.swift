import Platform
import SystemPackage

/// A file that was read for a suite: what the suite calls it, and what was in it.
package struct TestedInput: Sendable, Hashable {
  /// As the suite has it: `data/train.csv@v1.2`.
  package var name: String
  /// Where that was.
  package var path: String
  /// SHA-256 of its content, in hexadecimal; nil when it was no single file, or changed while it was read.
  package var digest: String?
  /// What the file system said of it.
  var stamp: Stamp?

  struct Stamp: Sendable, Hashable {
    var size: Int64
    var inode: UInt64
    /// Nanoseconds since 1970.
    var modified: Int64
    var changed: Int64

    init(_ status: FileStatus) {
      (size, inode) = (status.size, status.inode)
      (modified, changed) = (status.modified, status.changed)
    }

    init(size: Int64, inode: UInt64, modified: Int64, changed: Int64) {
      (self.size, self.inode, self.modified, self.changed) = (size, inode, modified, changed)
    }
  }

  /// Looks at a file before it is read; ``finish()`` tells what was in it.
  ///
  /// - Parameter path: may end with `#TABLE`, for a table of a database.
  package init(_ name: String, at path: FilePath) {
    self.name = name
    self.path = path.string
    stamp = Self.stamp(path)
  }

  init(name: String, path: String, digest: String?, stamp: Stamp?) {
    (self.name, self.path, self.digest, self.stamp) = (name, path, digest, stamp)
  }

  /// Takes the hash of the content, when the file is as it was before it was read.
  package mutating func finish() {
    guard let stamp, let file = Self.file(FilePath(path)), Self.stamp(FilePath(path)) == stamp,
      let digest = try? SHA256.digest(ofFile: file).hex, Self.stamp(FilePath(path)) == stamp
    else { return }
    self.digest = digest
  }

  /// Whether the same is in the file now.
  ///
  /// - Parameter time: when the hash was taken, in milliseconds since 1970. A file that looks as it did, and that was not written
  ///   just then, is not read again.
  func isSame(since time: Int64) -> Bool {
    guard let digest, let stamp, let file = Self.file(FilePath(path)),
      let now = Self.stamp(FilePath(path))
    else { return false }
    let last = max(now.modified, now.changed) / 1_000_000
    if now == stamp, last + 2000 < time { return true }
    guard now.size == stamp.size else { return false }
    return (try? SHA256.digest(ofFile: file).hex) == digest
  }

  private static func stamp(_ path: FilePath) -> Stamp? {
    file(path).flatMap { try? FileSystem.status($0) }.map { Stamp($0) }
  }

  /// The single file that holds all of it.
  private static func file(_ path: FilePath) -> FilePath? {
    if FileSystem.isFile(path) { return hasJournal(path) ? nil : path }
    guard let mark = path.string.lastIndex(of: "#") else { return nil }
    let file = FilePath(String(path.string[..<mark]))
    return FileSystem.isFile(file) && !hasJournal(file) ? file : nil
  }

  /// A database that is being written keeps a part of its content beside it.
  private static func hasJournal(_ file: FilePath) -> Bool {
    ["-wal", "-journal"].contains { FileSystem.isFile(FilePath(file.string + $0)) }
  }
}

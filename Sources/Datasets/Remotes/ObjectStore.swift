import Platform
import SystemPackage

/// A place beyond this project that keeps objects by key, such as `files/md5/ab/cdef…`: a folder, a bucket, a server.
///
/// The calls block, and may be made from several threads at once. They end with `.interrupted` soon after `isCancelled`
/// says so. An object appears whole or not at all.
package protocol ObjectStore: Sendable {
  /// How messages name it: its address without secrets.
  var shown: String { get }

  /// The size of an object in bytes; nil when there is none.
  ///
  /// - Throws: ``Failure``: `.permission`, `.unreachable`, `.notFound` for a bucket that is not there. A folder that is not
  ///   there holds nothing; the first upload makes it.
  func size(of key: String) throws -> Int64?

  /// Calls a closure with every key that begins with a prefix, and its size, in the order of the keys' bytes.
  func list(_ prefix: String, _ found: (_ key: String, _ size: Int64) throws -> Void) throws

  /// Writes an object from a file; one that is there is replaced, unless the transfer says otherwise.
  func upload(_ file: FilePath, to key: String, _ transfer: TransferContext) throws

  /// Writes an object into a new file.
  ///
  /// - Throws: `.notFound` when there is none; nothing is left of the file then.
  func download(_ key: String, to file: FilePath, _ transfer: TransferContext) throws

  /// Removes an object; one that is not there is no error.
  func remove(_ key: String) throws
}

/// What a transfer tells and asks while it runs.
package struct TransferContext: Sendable {
  /// More bytes were moved; negative when some have to be moved again.
  package var moved: @Sendable (Int64) -> Void
  package var isCancelled: @Sendable () -> Bool
  /// Whether an upload replaces an object that is there. Otherwise that object stays, which is no error: for content
  /// that its key names it is the same one. A store that cannot tell replaces it.
  package var replaces: Bool
  /// The MD5 of what is uploaded, when the caller knows it. A store that can asks the server to check it.
  package var md5: MD5Digest?

  package init(
    moved: @escaping @Sendable (Int64) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }, replaces: Bool = true,
    md5: MD5Digest? = nil
  ) {
    self.moved = moved
    self.isCancelled = isCancelled
    self.replaces = replaces
    self.md5 = md5
  }
}

extension TransferContext {
  /// - Throws: `.interrupted` when the transfer is not wanted any more.
  func check() throws {
    if isCancelled() { throw Failure(.interrupted, "the transfer was interrupted") }
  }
}

import Platform
import SystemPackage

extension ObjectCache {
  /// Writes an object to standard output, after it was read once and compared with its name.
  ///
  /// - Throws: ``Failure``: `.notFound`, `.corrupt`, `.interrupted`.
  package func print(_ name: ObjectName, isCancelled: @Sendable () -> Bool) throws {
    let path = path(name)
    guard FileSystem.isFile(path) else {
      throw Failure(
        .notFound, "the content `\(name.text)` is not in the cache", hint: "reprise data fetch")
    }
    let digest: MD5Digest
    if name.family == .legacy {
      digest = try LegacyDigest.digest(of: path, isCancelled: isCancelled)
    } else {
      var hash = MD5()
      try FileSystem.read(path, inPiecesOf: 1 << 18, isCancelled: isCancelled) { hash.update($0) }
      digest = hash.finish()
    }
    guard digest == name.digest else { throw damaged(name) }
    try FileSystem.read(path, inPiecesOf: 1 << 18, isCancelled: isCancelled) {
      try FileSystem.writeAll(1, $0, to: "standard output")
    }
  }
}

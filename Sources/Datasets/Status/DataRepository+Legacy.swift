import Platform
import SystemPackage

extension DataRepository {
  /// The same files, in the same places, with digests as DVC before 3 made them.
  ///
  /// - Parameters:
  ///   - listing: what is named; a file whose md5 is the digest that stands there is not read again.
  ///   - path: of the files, from the project's root.
  func legacy(_ table: FileTable, beside listing: FileTable, at path: FilePath) throws -> FileTable
  {
    var result = table
    let target = root.pushing(path)
    try FileTable.match(listing, table) { old, new in
      guard let new, table.entries[new].isHashed,
        old.map({ listing.entries[$0].digest }) != table.entries[new].digest
      else { return }
      let name = table.text(new)
      let file = name.isEmpty ? target : target.pushing(FilePath(name))
      result.entries[new].digest = try LegacyDigest.digest(of: file)
    }
    return result
  }
}

extension ObjectCache {
  /// Whether a legacy object has just these bytes: one name stands for a text with either line ends.
  func holds(legacy digest: MD5Digest, withBytesOf md5: MD5Digest) -> Bool {
    let path = path(ObjectName(digest, family: .legacy))
    return (try? FileSystem.read(path, limit: 1 << 34)).map { MD5.digest(of: $0) == md5 } == true
  }
}

extension FileTable {
  /// One file, with an empty path.
  init(of object: ObjectName) {
    self.init()
    append(path: [], Entry(digest: object.digest))
  }
}

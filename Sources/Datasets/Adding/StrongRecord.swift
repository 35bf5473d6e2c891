import Platform

/// The SHA-256 of the files that are being added, by their places.
struct StrongRecord {
  var digests: [Int: StrongDigest] = [:]

  /// Takes those that the version before names for files that did not change since; files that are known by their md5
  /// only are read again.
  mutating func takeKnown(
    _ snapshot: inout Snapshot, from existing: TrackedPath?, in cache: ObjectCache
  ) {
    var known: [MD5Digest: StrongDigest] = [:]
    if let output = existing?.output, let found = try? cache.strongDigests(of: output) {
      for (name, digest) in found where name.family == .md5 { known[name.digest] = digest }
    }
    var unknown = snapshot.unknown
    for index in snapshot.table.entries.indices where snapshot.table.entries[index].isHashed {
      if let digest = known[snapshot.table.entries[index].digest] {
        digests[index] = digest
      } else {
        snapshot.table.entries[index].isHashed = false
        unknown.append(index)
      }
    }
    snapshot.unknown = unknown
  }

  /// What a pointer says of the content: the digest of the one file, or of the object with those of a folder's, which is
  /// kept in the cache.
  ///
  /// - Throws: ``Failure`` with `.unsupported` for files of one md5 that are not the same: the cache can hold one of them.
  func keep(_ snapshot: Snapshot, in cache: ObjectCache) throws -> StrongDigest? {
    var seen: [MD5Digest: Int] = [:]
    for index in snapshot.table.entries.indices where snapshot.table.entries[index].isHashed {
      let first = seen.updateValue(index, forKey: snapshot.table.entries[index].digest)
      guard let first, digests[first] != digests[index] else { continue }
      throw Failure(
        .unsupported,
        "`\(snapshot.table.text(first))` and `\(snapshot.table.text(index))` are different files of the same MD5, which can only be made on purpose",
        hint: "take one of them out of the folder")
    }
    guard snapshot.kind == .folder else { return digests[0] }
    let bytes = try StrongListing(snapshot.table, digests).bytes
    let digest = StrongDigest.digest(of: bytes)
    try cache.storeStrong(bytes, as: digest)
    return digest
  }
}

import Platform
import SystemPackage

/// The SHA-256 that pointers name beside the md5, on the way to a remote and back.
extension DataTransfer {
  /// Sends the object with the SHA-256 of a folder's files.
  ///
  /// - Throws: ``Failure``: `.notFound` when it is not in the cache and not in the remote.
  func push(strong digest: StrongDigest) throws {
    let key = ObjectCache.strongKey(digest)
    guard try store.size(of: key) == nil else { return }
    // What was cut off or changed must not get there.
    _ = try cache.strongListing(digest)
    try store.upload(
      cache.strongPath(digest), to: key, TransferContext(isCancelled: watch.isCancelled))
  }

  /// Sends those of some outputs; each that cannot be is a failure of its own.
  func pushStrong(_ outputs: [PointerOutput], _ result: inout Result) {
    for digest in Self.listings(outputs) {
      do { try push(strong: digest) } catch {
        result.failures.append(error as? Failure ?? Failure(.io, "cannot push `\(digest.hex)`"))
      }
    }
  }

  /// Brings the objects with the SHA-256 of folders' files into the cache.
  ///
  /// - Returns: those that could not be had. What they belong to must not be taken unchecked: whoever replaced the content
  ///   could have taken them away.
  func fetchStrong(
    _ outputs: [PointerOutput], _ work: FilePath, _ result: inout Result
  ) -> Set<StrongDigest> {
    var absent: Set<StrongDigest> = []
    for digest in Self.listings(outputs) where (try? cache.strongListing(digest)) == nil {
      let key = ObjectCache.strongKey(digest)
      do {
        guard try store.size(of: key) != nil else {
          throw Failure(
            .notFound,
            "the SHA-256 of the files, `\(digest.hex)`, are not in \(store.shown); the folder was not taken unchecked",
            hint:
              "`reprise data push` sends them from where the data was added; where nobody has them, take `sha256` out of the pointer"
          )
        }
        let place = work.appending("sha256-" + digest.hex)
        try store.download(key, to: place, TransferContext(isCancelled: watch.isCancelled))
        let bytes = try FileSystem.read(place, limit: 1 << 32)
        guard StrongDigest.digest(of: bytes) == digest else {
          throw Failure(
            .corrupt, "`\(key)` in \(store.shown) does not hold what its name says",
            hint: "push it again from where the data was added")
        }
        try FileSystem.remove(cache.strongPath(digest))
        try cache.storeStrong(bytes, as: digest)
      } catch {
        absent.insert(digest)
        result.failures.append(error as? Failure ?? Failure(.io, "cannot fetch `\(key)`"))
      }
    }
    return absent
  }

  private static func listings(_ outputs: [PointerOutput]) -> [StrongDigest] {
    let named = outputs.filter { $0.object?.isFolder == true && $0.isCached }.compactMap(\.strong)
    return Set(named).sorted { $0.halves < $1.halves }
  }

  /// What pointers say of contents beside their md5. An output whose digests contradict its own listing is a failure, and
  /// its contents are not to be moved.
  ///
  /// - Returns: the digests, and the outputs that are left.
  func strongDigests(
    of outputs: [PointerOutput], _ result: inout Result
  ) -> (digests: [ObjectName: StrongDigest], right: [PointerOutput]) {
    var digests: [ObjectName: StrongDigest] = [:]
    var right: [PointerOutput] = []
    for output in outputs {
      do {
        let own = try cache.strongDigests(of: output)
        for (name, digest) in own where digests[name].map({ $0 != digest }) == true {
          throw StrongDigest.tampered(
            "two pointers name different contents `\(name.text)`", hint: nil)
        }
        digests.merge(own) { $1 }
        right.append(output)
      } catch {
        result.failures.append(error as? Failure ?? Failure(.io, "cannot read `\(output.path)`"))
      }
    }
    return (digests, right)
  }
}

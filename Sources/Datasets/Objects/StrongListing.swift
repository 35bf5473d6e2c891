import Formats
import Platform
import SystemPackage

/// The SHA-256 of every file of a folder.
///
/// An object of its own, in JSON, under `reprise/sha256` of the cache and the remotes, named by its own SHA-256, which a
/// pointer has in `meta.reprise.sha256`.
package struct StrongListing: Sendable {
  /// By path, in the order of the paths' bytes.
  private(set) var files: [(path: String, digest: StrongDigest)] = []

  /// - Parameter digests: by the place of each hashed file.
  init(_ table: FileTable, _ digests: [Int: StrongDigest]) throws {
    for index in table.entries.indices where table.entries[index].isHashed {
      guard let digest = digests[index] else {
        throw Failure(.bug, "`\(table.text(index))` was read without its SHA-256")
      }
      files.append((table.text(index), digest))
    }
  }

  var bytes: [UInt8] {
    let members = files.map { JSONValue.Member($0.path, .string($0.digest.hex)) }
    return Array(JSONValue.object([.init("files", .object(members))]).text().utf8)
  }

  /// Reads what ``bytes`` wrote.
  ///
  /// - Throws: ``Failure`` with `.corrupt`.
  init(parsing bytes: [UInt8]) throws {
    guard let members = (try? JSONValue(parsing: bytes))?["files"]?.members else {
      throw Failure(.corrupt, "the object with the SHA-256 of a folder's files is damaged")
    }
    files.reserveCapacity(members.count)
    for member in members {
      guard let digest = member.value.string.flatMap({ StrongDigest(hex: $0) }) else {
        throw Failure(.corrupt, "`\(member.key)` has no SHA-256 in the object that should name it")
      }
      files.append((member.key, digest))
    }
  }

  /// The SHA-256 of each file of a listing of the same folder, by the place in that.
  ///
  /// - Throws: ``Failure`` with `.corrupt` when the two do not name the same files.
  func digests(for table: FileTable, of name: ObjectName) throws -> [StrongDigest] {
    let isSame =
      files.count == table.count
      && files.indices.allSatisfy { files[$0].path.utf8.elementsEqual(table.path($0)) }
    guard isSame else {
      throw StrongDigest.tampered(
        "the listing `\(name.text)` does not name the files that were added",
        hint: "add the data again where it is known to be right")
    }
    return files.map(\.digest)
  }
}

extension ObjectCache {
  /// Where the listing stands below a cache or a remote.
  static func strongKey(_ digest: StrongDigest) -> String {
    "reprise/sha256/" + digest.hex.prefix(2) + "/" + digest.hex.dropFirst(2)
  }

  func strongPath(_ digest: StrongDigest) -> FilePath {
    folder.pushing(FilePath(Self.strongKey(digest)))
  }

  func storeStrong(_ bytes: [UInt8], as digest: StrongDigest) throws {
    let path = strongPath(digest)
    guard !FileSystem.exists(path) else { return }
    try makeFolder(path.removingLastComponent())
    try writeObject(bytes, to: path)
  }

  /// The SHA-256 of a folder's files.
  ///
  /// - Throws: ``Failure``: `.notFound` when it is not in the cache, `.corrupt`.
  func strongListing(_ digest: StrongDigest) throws -> StrongListing {
    let path = strongPath(digest)
    guard FileSystem.exists(path) else {
      throw Failure(
        .notFound, "the SHA-256 of the files, `\(digest.hex)`, are not in the cache",
        hint:
          "`reprise data fetch` brings them; where nobody has them, take `sha256` out of the pointer"
      )
    }
    let bytes = try FileSystem.read(path, limit: 1 << 32)
    guard StrongDigest.digest(of: bytes) == digest else {
      throw Failure(.corrupt, "the object with the SHA-256 of a folder's files is damaged")
    }
    return try StrongListing(parsing: bytes)
  }

  /// The SHA-256 that an output names, by the contents it names by their md5; none when it has no SHA-256.
  ///
  /// - Throws: ``Failure``: `.notFound` when a listing is not in the cache, `.corrupt`.
  func strongDigests(of output: PointerOutput) throws -> [ObjectName: StrongDigest] {
    guard let strong = output.strong, let object = output.object else { return [:] }
    guard object.isFolder else { return [object: strong] }
    let table = try listing(object)
    let digests = try strongListing(strong).digests(for: table, of: object)
    var result: [ObjectName: StrongDigest] = [:]
    result.reserveCapacity(table.count)
    for (entry, digest) in zip(table.entries, digests) {
      let name = ObjectName(entry.digest, family: object.family)
      // Files of one md5 have one content in the cache, so that all but one kind of them must be found wrong.
      guard result.updateValue(digest, forKey: name).map({ $0 == digest }) != false else {
        throw StrongDigest.tampered(
          "the listing `\(object.text)` gives files of different contents one name", hint: nil)
      }
    }
    return result
  }
}

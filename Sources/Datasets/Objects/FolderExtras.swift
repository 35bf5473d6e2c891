import Formats
import Platform
import SystemPackage

/// What DVC does not record of a folder: which files may be run, links, folders with nothing in them.
///
/// An object of its own, in JSON, under `reprise/extras` of the cache, named by its md5; a pointer has the name in
/// `meta.reprise.extras`, which DVC keeps and does not look at.
package struct FolderExtras: Sendable, Hashable {
  /// Paths of files that may be run, in order.
  package var programs: [String] = []
  /// Links and where they lead, in the order of their paths.
  package var links: [Link] = []
  /// Folders with nothing in them, in order.
  package var emptyFolders: [String] = []

  package struct Link: Sendable, Hashable {
    package var path: String
    package var target: String
  }

  package var isEmpty: Bool { programs.isEmpty && links.isEmpty && emptyFolders.isEmpty }

  init() {}

  /// - Parameter root: the folder, where the links are read.
  init(_ table: FileTable, in root: FilePath) {
    for index in table.entries.indices {
      let entry = table.entries[index]
      let path = table.text(index)
      switch entry.kind {
      case .file where entry.mode & 0o111 != 0: programs.append(path)
      case .file: break
      case .emptyFolder: emptyFolders.append(path)
      case .link, .otherLink:
        if let target = try? FileSystem.linkTarget(root.pushing(FilePath(path))) {
          links.append(Link(path: path, target: target.string))
        }
      }
    }
  }

  package var bytes: [UInt8] {
    var members: [JSONValue.Member] = []
    if !emptyFolders.isEmpty {
      members.append(.init("empty", .array(emptyFolders.map { .string($0) })))
    }
    if !links.isEmpty {
      members.append(
        .init("links", .object(links.map { .init($0.path, .string($0.target)) })))
    }
    if !programs.isEmpty {
      members.append(.init("programs", .array(programs.map { .string($0) })))
    }
    return Array(JSONValue.object(members).text().utf8)
  }

  /// Reads what ``bytes`` wrote.
  ///
  /// - Throws: ``Failure`` with `.corrupt`, also for paths that lead out of the folder.
  package init(parsing bytes: [UInt8]) throws {
    guard let value = try? JSONValue(parsing: bytes) else {
      throw Failure(.corrupt, "the object with the links and modes of a folder is damaged")
    }
    programs = value["programs"]?.array?.compactMap(\.string) ?? []
    emptyFolders = value["empty"]?.array?.compactMap(\.string) ?? []
    for member in value["links"]?.members ?? [] {
      guard let target = member.value.string else { continue }
      links.append(Link(path: member.key, target: target))
    }
    for path in programs + emptyFolders + links.map(\.path)
    where !FolderListing.isSafe(Array(path.utf8)) {
      throw Failure(.corrupt, "`\(path)` leads out of its folder")
    }
  }
}

extension ObjectCache {
  package func extrasPath(_ digest: MD5Digest) -> FilePath {
    folder.pushing("reprise/extras").appending(String(digest.hex.prefix(2)))
      .appending(String(digest.hex.dropFirst(2)))
  }

  func storeExtras(_ bytes: [UInt8], in work: FilePath) throws {
    let path = extrasPath(MD5.digest(of: bytes))
    guard !FileSystem.exists(path) else { return }
    try makeFolder(path.removingLastComponent())
    try writeObject(bytes, to: path)
  }

  /// - Throws: ``Failure``: `.notFound`, `.corrupt`.
  package func extras(_ digest: MD5Digest) throws -> FolderExtras {
    let bytes = try FileSystem.read(extrasPath(digest), limit: 1 << 32)
    guard MD5.digest(of: bytes) == digest else {
      throw Failure(.corrupt, "the object with the links and modes of a folder is damaged")
    }
    return try FolderExtras(parsing: bytes)
  }
}

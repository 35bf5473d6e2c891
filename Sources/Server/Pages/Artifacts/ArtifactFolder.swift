import Platform
import SystemPackage

/// The files that a run left, where they are on this machine.
struct ArtifactFolder: Sendable {
  let root: FilePath

  /// The folder that a run's artifact URI names; nil when it is a place elsewhere.
  init?(uri: String) {
    if uri.hasPrefix("/") {
      root = FilePath(uri)
    } else if uri.hasPrefix("file://") {
      let path = uri.dropFirst("file://".count)
      guard path.hasPrefix("/") else { return nil }
      root = FilePath(String(decoding: PercentEncoding.decodedBytes(path), as: UTF8.self))
    } else {
      return nil
    }
  }

  struct Entry: Sendable, Hashable {
    /// Below the folder, `/` between the parts.
    var path: String
    var isFolder: Bool
    /// Bytes; 0 for a folder.
    var size: Int64

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    var depth: Int { path.split(separator: "/").count - 1 }
  }

  /// Folders and what is in them, one after the other, names in the order of their bytes.
  ///
  /// - Parameter limit: no more than these; whoever shows them says when there are more.
  func entries(limit: Int) throws -> [Entry] {
    var entries: [Entry] = []
    func walk(_ folder: FilePath, _ prefix: String, depth: Int) throws {
      for component in try FileSystem.components(in: folder) where entries.count < limit {
        let path = folder.appending(component)
        guard let status = try FileSystem.linkStatus(path) else { continue }
        let isFolder = status.kind == .directory
        entries.append(
          Entry(
            path: prefix + component.string, isFolder: isFolder, size: isFolder ? 0 : status.size))
        if isFolder, depth < 32 {
          try walk(path, prefix + component.string + "/", depth: depth + 1)
        }
      }
    }
    if FileSystem.isDirectory(root) { try walk(root, "", depth: 0) }
    return entries
  }

  /// The file of a path that came from an address.
  ///
  /// - Throws: ``Failure`` with `.notFound` for what is not there, and for what only looks as if it were: a path with `..`,
  ///   a link that leads out of the folder.
  func file(_ parts: [String]) throws -> FilePath {
    let missing = Failure(.notFound, "no file `\(parts.joined(separator: "/"))` among the artifacts")
    var path = root
    for part in parts {
      guard part != ".", part != "..", !part.isEmpty, !part.utf8.contains(0),
        !part.utf8.contains(UInt8(ascii: "/")), let component = FilePath.Component(part)
      else { throw missing }
      path.append(component)
    }
    guard let real = FileSystem.realPath(path), let base = FileSystem.realPath(root),
      real == base || real.starts(with: base)
    else { throw missing }
    return real
  }

  /// The first bytes of a file below the folder; nil when it is not there.
  func head(_ path: String, limit: Int) -> [UInt8]? {
    guard let file = try? file(path.split(separator: "/").map(String.init)),
      FileSystem.isFile(file)
    else { return nil }
    return try? FileBytes.read(file, 0..<Int64(limit))
  }
}

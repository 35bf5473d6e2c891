import Platform
import SystemPackage

extension FolderStore {
  package func list(
    _ prefix: String, _ found: (_ key: String, _ size: Int64) throws -> Void
  ) throws {
    let above = prefix.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(prefix[..<$0]) } ?? ""
    if !above.isEmpty { try ObjectKey.check(above) }
    let start = above.isEmpty ? folder : folder.appending(above)
    guard let status = try FileSystem.status(start), status.kind == .directory else { return }
    try walk(start, above.isEmpty ? "" : above + "/", prefix, [status], found)
  }

  /// Something in a folder, as the order needs it.
  private struct Entry {
    var key: String
    var component: FilePath.Component
    var status: FileStatus
  }

  /// - Parameter parents: the folders above, so that a loop of links ends.
  private func walk(
    _ folder: FilePath, _ base: String, _ prefix: String, _ parents: [FileStatus],
    _ found: (_ key: String, _ size: Int64) throws -> Void
  ) throws {
    var entries: [Entry] = []
    for component in try FileSystem.components(in: folder) {
      let name = component.string
      let key = base + name
      guard key.utf8.starts(with: prefix.utf8), !TemporaryName.matches(name),
        // A name that is not UTF-8 is no key.
        FilePath.Component(name) == component,
        let status = try FileSystem.status(folder.appending(component))
      else { continue }
      switch status.kind {
      case .file:
        entries.append(Entry(key: key, component: component, status: status))
      // A folder stands where its members do: `a.b` comes before `a/b`.
      case .directory:
        entries.append(Entry(key: key + "/", component: component, status: status))
      case .link, .other: continue
      }
    }
    for entry in entries.sorted(by: { ObjectKey.precedes($0.key, $1.key) }) {
      if entry.status.kind == .file {
        try found(entry.key, entry.status.size)
      } else if !parents.contains(where: {
        $0.inode == entry.status.inode && $0.device == entry.status.device
      }) {
        try walk(
          folder.appending(entry.component), entry.key, prefix, parents + [entry.status], found)
      }
    }
  }
}

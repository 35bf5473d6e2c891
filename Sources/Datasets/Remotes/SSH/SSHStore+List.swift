import Platform

extension SSHStore {
  package func list(
    _ prefix: String, _ found: (_ key: String, _ size: Int64) throws -> Void
  ) throws {
    let above = prefix.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(prefix[..<$0]) } ?? ""
    let start = above.isEmpty ? folder : try path(of: above)
    guard try with(start, { try $0.look(at: start) })?.isFolder == true else { return }
    try walk(start, above.isEmpty ? "" : above + "/", prefix, depth: 0, found)
  }

  /// - Parameter depth: folders above; so that a loop of links ends.
  private func walk(
    _ folder: String, _ base: String, _ prefix: String, depth: Int,
    _ found: (_ key: String, _ size: Int64) throws -> Void
  ) throws {
    guard depth < 64 else {
      throw Failure(.invalid, "`\(folder)` of `\(shown)` is too deep: a loop of links?")
    }
    var entries: [(key: String, path: String, size: Int64?)] = []
    for (name, lookedAt) in try with(folder, { try $0.members(of: folder) }) {
      let key = base + name
      guard key.utf8.starts(with: prefix.utf8), !TemporaryName.matches(name), !name.contains("/")
      else { continue }
      var attributes = lookedAt
      let path = folder == "/" ? "/" + name : folder + "/" + name
      if attributes.isLink || attributes.mode == nil {
        guard let target = try with(path, { try $0.look(at: path) }) else { continue }
        attributes = target
      }
      if attributes.isFolder {
        // A folder stands where its members do: `a.b` comes before `a/b`.
        entries.append((key + "/", path, nil))
      } else if attributes.isFile, let size = attributes.size {
        entries.append((key, path, size))
      }
    }
    for entry in entries.sorted(by: { ObjectKey.precedes($0.key, $1.key) }) {
      if let size = entry.size {
        try found(entry.key, size)
      } else {
        try walk(entry.path, entry.key, prefix, depth: depth + 1, found)
      }
    }
  }
}

import Platform
import SystemPackage

/// What differs between two versions of data.
package struct DataDifference: Sendable, Hashable {
  package enum Change: String, Sendable, Hashable, CaseIterable {
    case added, deleted, modified, renamed
    case notInCache = "not in cache"
  }

  package struct Item: Sendable, Hashable {
    /// From the project's root.
    package var path: FilePath
    package var change: Change
    /// Where it was, when it was renamed.
    package var oldPath: FilePath?
    /// Bytes after the change; before it for what was deleted; nil when not known.
    package var size: Int64?
    /// Whether it is a tracked folder itself.
    package var isFolder = false
    /// What is there after the change; before it for what was deleted.
    var digest: MD5Digest?
  }

  /// In the order of the paths' bytes.
  package var items: [Item] = []

  package var isEmpty: Bool { items.isEmpty }

  package func count(_ change: Change) -> Int { items.count { $0.change == change } }

  /// Compares two listings.
  ///
  /// - Parameter base: the path of the folder; its files are named below it.
  static func between(_ old: FileTable, _ new: FileTable, base: FilePath) -> DataDifference {
    var difference = DataDifference()
    FileTable.match(old, new) { before, after in
      let entry = after.map { new.entries[$0] } ?? before.map { old.entries[$0] }
      guard let entry, entry.isHashed else { return }
      let path = after.map { new.path($0) } ?? before.map { old.path($0) } ?? []
      let change: Change
      switch (before, after) {
      case (nil, _): change = .added
      case (_, nil): change = .deleted
      case (let before?, let after?):
        guard old.entries[before].digest != new.entries[after].digest else { return }
        change = .modified
      }
      let name = String(decoding: path, as: UTF8.self)
      difference.items.append(
        Item(
          path: name.isEmpty ? base : base.pushing(FilePath(name)), change: change,
          size: entry.inode == 0 ? nil : entry.size, digest: entry.digest))
    }
    return difference
  }

  /// Takes a file that went and one with the same content that came for one that was renamed: in the order of their paths,
  /// each once.
  mutating func findRenames() {
    var gone: [MD5Digest: [Int]] = [:]
    for index in items.indices.reversed() where items[index].change == .deleted {
      if let digest = items[index].digest, !items[index].isFolder {
        gone[digest, default: []].append(index)
      }
    }
    var dropped: Set<Int> = []
    for index in items.indices where items[index].change == .added && !items[index].isFolder {
      guard let digest = items[index].digest, let old = gone[digest]?.popLast() else { continue }
      items[index].change = .renamed
      items[index].oldPath = items[old].path
      dropped.insert(old)
    }
    items = items.indices.filter { !dropped.contains($0) }.map { items[$0] }
  }
}

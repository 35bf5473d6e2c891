import Glibc
import Platform
import SystemPackage

/// The files of a folder in the order of their paths' bytes: one array of numbers and one of bytes, so that a million
/// files fit.
package struct FileTable: Sendable {
  /// One file. Sizes in bytes, times in nanoseconds since 1970.
  package struct Entry: Sendable {
    var pathStart: Int
    var pathLength: Int32
    package var mode: UInt16
    package var kind: Kind
    /// Whether ``digest`` is one.
    package var isHashed: Bool
    package var size: Int64
    package var modified: Int64
    package var changed: Int64
    package var inode: UInt64
    package var digest: MD5Digest

    /// Whether a file that had these numbers still has them.
    package func isSameFile(as other: Entry) -> Bool {
      size == other.size && modified == other.modified && changed == other.changed
        && inode == other.inode
    }
  }

  package enum Kind: UInt8, Sendable {
    case file
    /// A link to a file; size, times and digest are those of the file.
    case link
    /// A link that leads to no file: to a folder, or nowhere.
    case otherLink
    /// A folder with nothing in it.
    case emptyFolder
  }

  private(set) var bytes: [UInt8] = []
  package var entries: [Entry] = []

  package init() {}

  package var count: Int { entries.count }

  /// The path of a file below the folder, with slashes; need not be UTF-8.
  package func path(_ index: Int) -> ArraySlice<UInt8> {
    let entry = entries[index]
    return bytes[entry.pathStart..<entry.pathStart + Int(entry.pathLength)]
  }

  /// The path for people and messages.
  package func text(_ index: Int) -> String { String(decoding: path(index), as: UTF8.self) }

  /// Adds an entry behind the others.
  package mutating func append(path: some Collection<UInt8>, _ entry: Entry) {
    var entry = entry
    entry.pathStart = bytes.count
    bytes.append(contentsOf: path)
    entry.pathLength = Int32(clamping: bytes.count - entry.pathStart)
    entries.append(entry)
  }

  package mutating func reserve(_ count: Int) { entries.reserveCapacity(count) }

  /// The order of two paths by their bytes: below zero when the first comes first.
  static func order(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
    a.withUnsafeBytes { first in
      b.withUnsafeBytes { second in
        let length = min(first.count, second.count)
        if length > 0, let x = first.baseAddress, let y = second.baseAddress {
          let result = memcmp(x, y, length)
          if result != 0 { return Int(result) }
        }
        return first.count - second.count
      }
    }
  }

  /// The place of a path, by binary search.
  package func index(of path: ArraySlice<UInt8>) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let order = Self.order(self.path(middle), path)
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The entries at and below a path, by their paths from there; a file at the path has an empty one.
  package func part(_ path: FilePath) -> FileTable {
    guard !path.isEmpty else { return self }
    var part = FileTable()
    let name = Array(path.string.utf8)
    if let index = index(of: name[...]) {
      part.append(path: [], entries[index])
      return part
    }
    let prefix = name + [UInt8(ascii: "/")]
    for index in entries.indices {
      let path = self.path(index)
      if path.starts(with: prefix) {
        part.append(path: path.dropFirst(prefix.count), entries[index])
      }
    }
    return part
  }

  /// Whether it is one file, which has an empty path, and not the files of a folder.
  var isFile: Bool { count == 1 && entries[0].pathLength == 0 }

  /// The name of the content, when all of it is hashed.
  func objectName(isFolder: Bool, family: ObjectName.Family = .md5) -> ObjectName? {
    guard isFolder else { return entries.first.map { ObjectName($0.digest, family: family) } }
    return ObjectName(
      MD5.digest(of: FolderListing.bytes(of: self)), isFolder: true, family: family)
  }

  /// Walks two tables side by side, by path: calls with the places of a path in each, nil where it is not.
  package static func match(
    _ first: FileTable, _ second: FileTable, _ body: (Int?, Int?) throws -> Void
  ) rethrows {
    var a = 0
    var b = 0
    while a < first.count || b < second.count {
      let order =
        a == first.count
        ? 1 : b == second.count ? -1 : Self.order(first.path(a), second.path(b))
      try body(order <= 0 ? a : nil, order >= 0 ? b : nil)
      a += order <= 0 ? 1 : 0
      b += order >= 0 ? 1 : 0
    }
  }
}

extension FileTable.Entry {
  package init(
    kind: FileTable.Kind = .file, size: Int64 = 0, mode: UInt16 = 0, modified: Int64 = 0,
    changed: Int64 = 0, inode: UInt64 = 0, digest: MD5Digest? = nil
  ) {
    pathStart = 0
    pathLength = 0
    self.mode = mode
    self.kind = kind
    isHashed = digest != nil
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.digest = digest ?? MD5Digest(high: 0, low: 0)
  }

  init(_ s: stat, kind: FileTable.Kind) {
    self.init(
      kind: kind, size: Int64(s.st_size), mode: UInt16(s.st_mode & 0o7777),
      modified: Int64(s.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(s.st_mtim.tv_nsec),
      changed: Int64(s.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(s.st_ctim.tv_nsec),
      inode: UInt64(s.st_ino))
  }
}

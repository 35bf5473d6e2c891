import Platform
import SystemPackage

/// What the files of a tracked path were when they were last hashed, so that those that did not change are not read again.
///
/// It may be thrown away at any time, and never leaves the machine. An entry that was written within a tick of the clock
/// before it was noted is not kept: the file could change again and show the same times.
package struct StatCache: Sendable {
  package var table: FileTable

  package init(_ table: FileTable = FileTable()) { self.table = table }

  /// How far a file system may round times, in nanoseconds: two ticks of the kernel's coarse clock; two seconds where
  /// times are whole seconds.
  static func granularity(_ time: Int64) -> Int64 {
    time % 1_000_000_000 == 0 ? 2_000_000_000 : 10_000_000
  }

  /// Whether what was read from a file at a time is still what anybody would read who finds the same numbers.
  static func isSettled(_ entry: FileTable.Entry, at time: Int64) -> Bool {
    let newest = max(entry.modified, entry.changed)
    return newest < time - granularity(newest)
  }

  /// Gives the entries of a table the digests that are known of them; the places of the others.
  package func fill(_ table: inout FileTable) -> [Int] {
    var unknown: [Int] = []
    var place = 0
    for index in table.entries.indices {
      let entry = table.entries[index]
      guard entry.kind == .file || entry.kind == .link else { continue }
      let path = table.path(index)
      var order = -1
      while place < self.table.count {
        order = FileTable.order(self.table.path(place), path)
        if order >= 0 { break }
        place += 1
      }
      let isKnown =
        order == 0 && place < self.table.count && self.table.entries[place].isHashed
        && self.table.entries[place].isSameFile(as: entry)
      if isKnown {
        table.entries[index].digest = self.table.entries[place].digest
        table.entries[index].isHashed = true
      } else {
        unknown.append(index)
      }
    }
    return unknown
  }

  // MARK: The file

  private static let magic: [UInt8] = Array("reprise stat 1\n\0".utf8)
  private static let entrySize = 64

  /// Reads a cache; an empty one when there is none, or it is damaged or of another version.
  package init(reading file: FilePath) {
    self.init()
    guard let bytes = try? FileSystem.read(file, limit: 1 << 34),
      bytes.count >= Self.magic.count + 16, bytes.starts(with: Self.magic)
    else { return }
    let body = bytes.count - 16
    var hash = MD5()
    bytes.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<body])) }
    guard hash.finish().bytes == Array(bytes[body...]) else { return }
    table = bytes.withUnsafeBytes { Self.table($0, from: Self.magic.count, to: body) }
  }

  private static func table(
    _ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int
  ) -> FileTable {
    var table = FileTable()
    table.reserve((end - start) / (entrySize + 16))
    var place = start
    while end - place >= entrySize {
      func number<T: FixedWidthInteger>(_ offset: Int, as type: T.Type) -> T {
        T(littleEndian: bytes.loadUnaligned(fromByteOffset: place + offset, as: T.self))
      }
      let length = Int(number(0, as: UInt32.self))
      guard length <= end - place - entrySize,
        let kind = FileTable.Kind(rawValue: number(6, as: UInt8.self))
      else { return FileTable() }
      var entry = FileTable.Entry(
        kind: kind, size: number(8, as: Int64.self), mode: number(4, as: UInt16.self),
        modified: number(16, as: Int64.self), changed: number(24, as: Int64.self),
        inode: number(32, as: UInt64.self))
      entry.isHashed = true
      entry.digest = MD5Digest(
        high: number(40, as: UInt64.self), low: number(48, as: UInt64.self))
      let path = UnsafeRawBufferPointer(rebasing: bytes[(place + entrySize)...].prefix(length))
      table.append(path: path, entry)
      place += entrySize + length
    }
    return place == end ? table : FileTable()
  }

  /// Writes the entries that are hashed and settled.
  ///
  /// - Parameter time: when the last of the files was looked at.
  package func write(to file: FilePath, at time: Int64) throws {
    var bytes = Self.magic
    bytes.reserveCapacity(table.count * (Self.entrySize + 32))
    for index in table.entries.indices {
      let entry = table.entries[index]
      guard entry.isHashed, Self.isSettled(entry, at: time) else { continue }
      let path = table.path(index)
      func add(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
      }
      add(UInt32(path.count))
      add(entry.mode)
      add(entry.kind.rawValue)
      add(UInt8(0))
      add(entry.size)
      add(entry.modified)
      add(entry.changed)
      add(entry.inode)
      add(entry.digest.high)
      add(entry.digest.low)
      add(UInt64(0))
      bytes.append(contentsOf: path)
    }
    bytes += MD5.digest(of: bytes).bytes
    try FileSystem.createDirectory(file.removingLastComponent())
    try FileSystem.write(bytes, to: file, durable: false)
  }
}

extension MD5Digest {
  /// The sixteen bytes in their order.
  var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }
}

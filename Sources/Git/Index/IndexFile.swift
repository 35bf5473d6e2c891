import CGit2
import Glibc
import Platform
import SystemPackage

/// The index of a repository, read straight from its file (Documentation/gitformat-index.txt, versions 2 to 4).
///
/// libgit2 has a reader too. This one costs a tenth of it for a first look, because it copies no names, and it reads what
/// libgit2 1.5 refuses: `docs/decisions/` says more. It never writes.
final class IndexFile {
  /// The file as it was read.
  private(set) var bytes: UnsafeRawBufferPointer
  /// Names, in the file itself, or spelled out when version 4 shortened them.
  private(set) var names: UnsafeRawBufferPointer
  /// In the order of names, then stages; checked when read.
  private(set) var entries: ContiguousArray<IndexEntry> = []
  /// The trees that were current when the index was written, if it holds any.
  private(set) var cachedTrees: CachedTree?
  /// Whether libgit2 1.5 would refuse it: it is split in two, or sparse.
  private(set) var isBeyondLibGit2 = false
  /// When the file was written; a content of that time or later may have changed unseen.
  let modified: (seconds: Int, nanoseconds: Int)

  /// Reads an index; a file that is not there is an empty index.
  init(_ path: FilePath) throws {
    let descriptor = path.withPlatformString { Glibc.open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw Failure(errno: errno, "read", path) }
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      names = bytes
      modified = (0, 0)
      return
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(errno: errno, "read", path) }
    modified = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    guard status.st_size > 0, status.st_size < 1 << 32 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      names = bytes
      throw Failure(.corrupt, "`\(path)` is not a git index")
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Int(status.st_size), alignment: 16)
    bytes = UnsafeRawBufferPointer(buffer)
    names = bytes
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = try FileSystem.readOnce(descriptor, into: rest, of: path)
      if count == 0 { break }
      filled += count
    }
    guard filled == buffer.count else {
      throw Failure(.corrupt, "`\(path)` became shorter while it was read")
    }
    do {
      if let link = try parse() { try join(link, path) }
      try checkOrder()
    } catch let failure as Failure {
      throw failure
    } catch let error as IndexProblem {
      throw Failure(
        error.isUnsupported ? .unsupported : .corrupt,
        "cannot read the git index `\(path)`: \(error.reason)",
        hint: error.hint)
    }
  }

  deinit {
    if names.baseAddress != bytes.baseAddress { names.deallocate() }
    bytes.deallocate()
  }

  /// The name of an entry, as bytes.
  func name(_ entry: IndexEntry) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: names[entry.nameStart..<entry.nameEnd])
  }

  /// The object that an entry holds.
  func object(_ entry: IndexEntry) -> ObjectID {
    ObjectID(at: bytes.baseAddress! + entry.record + 40)
  }

  func mode(_ entry: IndexEntry) -> UInt32 { word(entry.record + 24) }

  func recordedStat(_ entry: IndexEntry) -> IndexStat {
    let at = entry.record
    return IndexStat(
      changedSeconds: word(at), changedNanoseconds: word(at + 4),
      modifiedSeconds: word(at + 8), modifiedNanoseconds: word(at + 12),
      inode: word(at + 20), mode: word(at + 24), user: word(at + 28), group: word(at + 32),
      size: word(at + 36))
  }

  /// A big-endian word; the caller has checked that it is inside.
  private func word(_ offset: Int) -> UInt32 {
    UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  private func half(_ offset: Int) -> UInt16 {
    UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }
}

extension IndexFile {
  /// The link to a shared index, when the file has one.
  private func parse() throws(IndexProblem) -> SharedIndexLink? {
    guard bytes.count >= 32, bytes.starts(with: Array("DIRC".utf8)) else {
      throw IndexProblem(reason: "it does not start with DIRC")
    }
    let version = word(4)
    guard (2...4).contains(version) else {
      throw IndexProblem(reason: "version \(version) is not known", isUnsupported: true)
    }
    // An entry takes 63 bytes at least, so a count that cannot be true reserves nothing.
    let count = Int(word(8))
    guard count <= bytes.count / 63 else { throw IndexProblem(reason: "it is cut off") }
    entries.reserveCapacity(count)
    let end = bytes.count - 20
    var offset = 12
    offset = try version == 4 ? parseShortened(count, offset, end) : parsePlain(count, offset, end)
    return try parseExtensions(offset, end)
  }

  /// Versions 2 and 3: names as they are, filled up with NUL to a multiple of eight.
  private func parsePlain(_ count: Int, _ start: Int, _ end: Int) throws(IndexProblem) -> Int {
    var offset = start
    for _ in 0..<count {
      guard offset + 63 <= end else { throw IndexProblem(reason: "it is cut off") }
      let flags = half(offset + 60)
      let hasMore = flags & 0x4000 != 0
      let extended = hasMore ? half(offset + 62) : 0
      let name = offset + (hasMore ? 64 : 62)
      var length = Int(flags & 0xFFF)
      if length == 0xFFF {
        guard let long = lengthToNUL(name, end) else { throw IndexProblem(reason: "it is cut off") }
        length = long
      }
      let next = offset + ((name - offset + length + 8) & ~7)
      guard next <= end, bytes[name + length] == 0 else {
        throw IndexProblem(reason: "a name has no end")
      }
      entries.append(
        IndexEntry(
          nameStart: name, nameEnd: name + length, record: offset, flags: flags, extended: extended)
      )
      offset = next
    }
    return offset
  }

  /// Version 4: each name says how many bytes of the one before it drops, and what it adds.
  private func parseShortened(_ count: Int, _ start: Int, _ end: Int) throws(IndexProblem) -> Int {
    var text: [UInt8] = []
    var last = 0..<0
    var offset = start
    for _ in 0..<count {
      guard offset + 64 <= end else { throw IndexProblem(reason: "it is cut off") }
      let flags = half(offset + 60)
      let hasMore = flags & 0x4000 != 0
      let extended = hasMore ? half(offset + 62) : 0
      let record = offset
      offset += hasMore ? 64 : 62
      let dropped = try readVariable(&offset, end)
      guard dropped <= last.count, let added = lengthToNUL(offset, end) else {
        throw IndexProblem(reason: "a shortened name is wrong")
      }
      // A file of a few kilobytes must not spell out to gigabytes.
      guard text.count < 1 << 31 else { throw IndexProblem(reason: "its names are too long") }
      let from = text.count
      text.append(contentsOf: text[last.lowerBound..<(last.upperBound - dropped)])
      text.append(contentsOf: bytes[offset..<(offset + added)])
      last = from..<text.count
      entries.append(
        IndexEntry(
          nameStart: last.lowerBound, nameEnd: last.upperBound, record: record, flags: flags,
          extended: extended))
      offset += added + 1
    }
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(text.count, 1), alignment: 1)
    copy.copyBytes(from: text)
    names = UnsafeRawBufferPointer(copy)
    return offset
  }

  /// The variable-width number of OFS_DELTA: seven bits a byte, one added for each that follows.
  private func readVariable(_ offset: inout Int, _ end: Int) throws(IndexProblem) -> Int {
    var value = 0
    var isFirst = true
    while offset < end {
      let byte = bytes[offset]
      offset += 1
      if !isFirst { value += 1 }
      guard value < 1 << 40 else { break }
      value = value << 7 | Int(byte & 0x7F)
      if byte & 0x80 == 0 { return value }
      isFirst = false
    }
    throw IndexProblem(reason: "a number in it is wrong")
  }

  private func lengthToNUL(_ start: Int, _ end: Int) -> Int? {
    guard start < end, let base = bytes.baseAddress,
      let found = memchr(base + start, 0, end - start)
    else { return nil }
    return UnsafeRawPointer(found) - (base + start)
  }

  /// Everything that walks the index by folders relies on its order.
  private func checkOrder() throws(IndexProblem) {
    var index = 1
    while index < entries.count {
      guard let order = order(entries[index - 1], entries[index]), order < 0 else {
        throw IndexProblem(reason: "its names are not in order")
      }
      index += 1
    }
    for entry in entries where entry.nameStart == entry.nameEnd {
      throw IndexProblem(reason: "a name is empty")
    }
  }

  private func parseExtensions(
    _ start: Int, _ end: Int
  ) throws(IndexProblem) -> SharedIndexLink? {
    var link: SharedIndexLink?
    var offset = start
    while offset + 8 <= end {
      let signature = String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self)
      let size = Int(word(offset + 4))
      guard size <= end - offset - 8 else { throw IndexProblem(reason: "an extension is cut off") }
      let body = UnsafeRawBufferPointer(rebasing: bytes[(offset + 8)..<(offset + 8 + size)])
      switch signature {
      case "TREE": cachedTrees = CachedTree(parsing: body)
      case "link":
        isBeyondLibGit2 = true
        link = try SharedIndexLink(parsing: body)
      // A sparse index: its folder entries carry a name that ends with a slash.
      case "sdir": isBeyondLibGit2 = true
      default:
        // Those that may be passed over start with a capital.
        guard bytes[offset] >= UInt8(ascii: "A"), bytes[offset] <= UInt8(ascii: "Z") else {
          throw IndexProblem(reason: "it needs the extension `\(signature)`", isUnsupported: true)
        }
      }
      offset += 8 + size
    }
    return link
  }

  /// Takes in the shared file of a split index: its bytes and names are put behind ours.
  private func join(_ link: SharedIndexLink, _ path: FilePath) throws {
    guard !link.object.isZero else { return }
    let file = path.removingLastComponent().appending("sharedindex.\(link.object.hex)")
    let shared = try IndexFile(file)
    guard shared.bytes.count > 0 else { throw IndexProblem(reason: "`\(file)` is missing") }
    let ownBytes = bytes
    let ownNames = names
    defer {
      if ownNames.baseAddress != ownBytes.baseAddress { ownNames.deallocate() }
      ownBytes.deallocate()
    }
    bytes = Self.concatenated(ownBytes, shared.bytes)
    names = Self.concatenated(ownNames, shared.names)
    var moved = shared.entries
    for place in moved.indices {
      moved[place].nameStart += ownNames.count
      moved[place].nameEnd += ownNames.count
      moved[place].record += ownBytes.count
    }
    let (kept, added) = try link.merge(own: entries, shared: moved)
    entries = []
    entries.reserveCapacity(kept.count + added.count)
    var next = 0
    for entry in kept {
      while next < added.count, let order = order(added[next], entry), order <= 0 {
        entries.append(added[next])
        next += 1
        if order == 0 { break }
      }
      // One of ours with the same name took its place.
      if let last = entries.last, order(last, entry) == 0 { continue }
      entries.append(entry)
    }
    entries.append(contentsOf: added[next...])
  }

  private static func concatenated(
    _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    let all = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(a.count + b.count, 1), alignment: 16)
    all.copyBytes(from: a)
    UnsafeMutableRawBufferPointer(rebasing: all[a.count...]).copyBytes(from: b)
    return UnsafeRawBufferPointer(all)
  }

  /// Below 0 when the first comes before the second, 0 when they are the same name and stage; nil without names.
  private func order(_ a: IndexEntry, _ b: IndexEntry) -> Int? {
    guard let base = names.baseAddress else { return nil }
    let shorter = min(a.nameEnd - a.nameStart, b.nameEnd - b.nameStart)
    let order = memcmp(base + a.nameStart, base + b.nameStart, shorter)
    if order != 0 { return Int(order) }
    let longer = (a.nameEnd - a.nameStart) - (b.nameEnd - b.nameStart)
    return longer != 0 ? longer : a.stage - b.stage
  }
}

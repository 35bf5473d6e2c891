import CZlib
import Platform

/// Reads the directory at the end of a zip archive (PKWARE's APPNOTE.TXT, sections 4.3 and 4.5), zip64 included.
struct ZipDirectory {
  let source: ByteSource
  private(set) var entries: [ZipEntry] = []

  /// Where the directory is, by the record at the end of the file.
  private struct Location {
    var offset: UInt64
    var size: UInt64
    var count: UInt64
    /// How many bytes stand in front of the archive proper, as in a self-extracting one.
    var shift: UInt64
  }

  init(_ source: ByteSource, limit: Int) throws {
    self.source = source
    let location = try locate()
    guard location.count <= UInt64(limit) else {
      throw ParseFailure("the archive has \(location.count) entries, more than \(limit)")
    }
    // A header takes 46 bytes at least.
    guard location.count <= location.size / 46, location.size <= 1 << 30,
      let bytes = try source.read(at: location.offset, Int(location.size))
    else { throw Self.broken("its directory is cut off") }
    var reader = LittleEndianReader(bytes)
    entries.reserveCapacity(Int(location.count))
    while reader.remaining > 0 {
      guard entries.count < Int(location.count) else {
        throw Self.broken("its directory holds more than it says")
      }
      entries.append(try Self.entry(&reader, shift: location.shift))
    }
    guard entries.count == Int(location.count) else {
      throw Self.broken("its directory holds less than it says")
    }
    try checkPlaces(before: location.offset)
  }

  static func broken(_ why: String) -> ParseFailure {
    ParseFailure("the zip archive is broken: \(why)")
  }

  // MARK: The end of the file

  private func locate() throws -> Location {
    let tailSize = Int(min(source.count, 22 + 65535))
    guard tailSize >= 22, let tail = try source.read(at: source.count - UInt64(tailSize), tailSize)
    else { throw ParseFailure("this is not a zip archive") }
    let start = source.count - UInt64(tailSize)
    for place in stride(from: tailSize - 22, through: 0, by: -1)
    where tail[place] == 0x50 && tail[place + 1] == 0x4B && tail[place + 2] == 5
      && tail[place + 3] == 6
    {
      var reader = LittleEndianReader(Array(tail[(place + 4)..<(place + 22)]))
      guard let disk = reader.half(), let startDisk = reader.half(), let here = reader.half(),
        let count = reader.half(), let size = reader.word(), let offset = reader.word(),
        let comment = reader.half(), Int(comment) <= tailSize - place - 22
      else { continue }
      let end = start + UInt64(place)
      if let location = try locate64(before: end) { return location }
      guard disk == 0, startDisk == 0, here == count else {
        throw ParseFailure("the zip archive is split into several files, which is not supported")
      }
      return try location(
        end: end, offset: UInt64(offset), size: UInt64(size), count: UInt64(count))
    }
    throw ParseFailure("this is not a zip archive, or its end is missing")
  }

  /// The wide record, when a locator right before the end points to one.
  private func locate64(before end: UInt64) throws -> Location? {
    guard end >= 20, let bytes = try source.read(at: end - 20, 20) else { return nil }
    var locator = LittleEndianReader(bytes)
    guard locator.word() == 0x0706_4B50, locator.skip(4), let offset = locator.long(),
      let disks = locator.word()
    else { return nil }
    guard disks <= 1 else {
      throw ParseFailure("the zip archive is split into several files, which is not supported")
    }
    // With bytes in front of the archive the offset is short by them; the record stands right here then.
    for place in [offset, end - 20 &- 56] where place <= end - 20 {
      guard let bytes = try source.read(at: place, 56) else { continue }
      var reader = LittleEndianReader(bytes)
      guard reader.word() == 0x0606_4B50, reader.skip(20), let here = reader.long(),
        let count = reader.long(), let size = reader.long(), let start = reader.long()
      else { continue }
      guard here == count else {
        throw ParseFailure("the zip archive is split into several files, which is not supported")
      }
      return try location(end: place, offset: start, size: size, count: count)
    }
    throw Self.broken("its wide directory is not where it should be")
  }

  private func location(
    end: UInt64, offset: UInt64, size: UInt64, count: UInt64
  ) throws -> Location {
    guard size <= end, offset <= end - size else {
      throw Self.broken("its directory is not where it should be")
    }
    return Location(
      offset: end - size, size: size, count: count, shift: end - size - offset)
  }

  // MARK: Entries

  private static func entry(_ reader: inout LittleEndianReader, shift: UInt64) throws -> ZipEntry {
    guard reader.word() == 0x0201_4B50, let madeBy = reader.half(), reader.skip(2),
      let flags = reader.half(), let method = reader.half(), let time = reader.half(),
      reader.skip(2), let checksum = reader.word(), let packed = reader.word(),
      let size = reader.word(),
      let nameLength = reader.half(), let extraLength = reader.half(),
      let commentLength = reader.half(), let disk = reader.half(), reader.skip(2),
      let attributes = reader.word(), let offset = reader.word(),
      let rawName = reader.take(Int(nameLength)), let extra = reader.take(Int(extraLength)),
      reader.skip(Int(commentLength))
    else { throw broken("its directory is cut off") }
    let name = try decode(rawName, isUTF8: flags & 0x800 != 0, extra: extra)
    var wide = try Wide(extra, size: size, packed: packed, offset: offset, name: name)
    guard disk == 0 || disk == 0xFFFF else {
      throw ParseFailure("the zip archive is split into several files, which is not supported")
    }
    guard shift <= UInt64.max - wide.offset else { throw broken("`\(name)` is nowhere") }
    wide.offset += shift
    let host = madeBy >> 8
    // Unix and the Mac keep the mode in the upper half.
    let mode = host == 3 || host == 19 ? attributes >> 16 : 0
    let kind: ZipEntry.Kind =
      switch mode & 0o170000 {
      case 0o120000: .link
      case 0o040000: .directory
      case 0o100000: name.hasSuffix("/") ? .directory : .file
      case 0: name.hasSuffix("/") ? .directory : .file
      default: .other
      }
    return ZipEntry(
      name: name, kind: kind, mode: mode == 0 ? nil : mode & 0o7777, size: wide.size,
      packedSize: wide.packed, checksum: checksum, method: method, isEncrypted: flags & 0x41 != 0,
      passwordCheck: UInt8(truncatingIfNeeded: flags & 8 != 0 ? UInt32(time >> 8) : checksum >> 24),
      rawName: rawName, headerOffset: wide.offset)
  }

  /// The numbers that may stand in the extra field 1 because they need more than 32 bits.
  private struct Wide {
    var size: UInt64
    var packed: UInt64
    var offset: UInt64

    init(_ extra: [UInt8], size: UInt32, packed: UInt32, offset: UInt32, name: String) throws {
      self.size = UInt64(size)
      self.packed = UInt64(packed)
      self.offset = UInt64(offset)
      guard size == .max || packed == .max || offset == .max else { return }
      guard let field = field(1, in: extra) else { return }
      var reader = LittleEndianReader(field)
      func next(_ isWide: Bool, _ value: inout UInt64) throws {
        guard isWide else { return }
        guard let wide = reader.long() else { throw broken("the size of `\(name)` is cut off") }
        value = wide
      }
      try next(size == .max, &self.size)
      try next(packed == .max, &self.packed)
      try next(offset == .max, &self.offset)
    }
  }

  /// A field of the extra data by its number.
  private static func field(_ wanted: UInt16, in extra: [UInt8]) -> [UInt8]? {
    var reader = LittleEndianReader(extra)
    while let number = reader.half(), let length = reader.half(),
      let body = reader.take(Int(length))
    {
      if number == wanted { return body }
    }
    return nil
  }

  private static func decode(_ raw: [UInt8], isUTF8: Bool, extra: [UInt8]) throws -> String {
    if isUTF8 {
      guard let name = String(validating: raw, as: UTF8.self) else {
        throw broken("the name `\(String(decoding: raw, as: UTF8.self))` is not UTF-8")
      }
      return name
    }
    // Info-ZIP's Unicode path, valid while it belongs to this very name.
    if let field = field(0x7075, in: extra) {
      var reader = LittleEndianReader(field)
      if reader.take(1) == [1],
        reader.word() == UInt32(truncatingIfNeeded: crc32(0, raw, UInt32(raw.count))),
        let text = reader.take(reader.remaining), let name = String(validating: text, as: UTF8.self)
      {
        return name
      }
    }
    return CodePage437.decode(raw)
  }

  /// Contents that overlap are how a small archive unpacks to petabytes.
  private func checkPlaces(before end: UInt64) throws {
    let places = entries.indices.sorted { entries[$0].headerOffset < entries[$1].headerOffset }
    for (place, index) in places.enumerated() {
      let entry = entries[index]
      let next = place + 1 < places.count ? entries[places[place + 1]].headerOffset : end
      let room = next < entry.headerOffset ? 0 : next - entry.headerOffset
      let header = UInt64(30 + entry.rawName.count)
      guard room >= header, entry.packedSize <= room - header else {
        throw Self.broken("the content of `\(entry.name)` overlaps what follows")
      }
    }
  }
}

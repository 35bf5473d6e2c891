import CZlib
import Platform

/// One member of an archive that is written: its headers, and how its content is packed.
struct ZipMember {
  /// Deflate does not make it smaller, or too much so.
  struct DoesNotPay: Error {}
  /// The content is not what it was when it was looked at.
  struct Changed: Error {}

  let name: String
  /// Bytes, unpacked.
  let size: UInt64
  /// Permission bits.
  let mode: UInt32
  /// Where the local header stands.
  let offset: UInt64
  private var packedSize: UInt64 = 0
  private var checksum: UInt32 = 0
  private var isDeflated = false

  /// A member that shrinks more is stored: archives that unpack to many times their size are refused as bombs, by
  /// ``ZipLimits`` among others.
  private static let largestRatio: UInt64 = 150
  /// After so many bytes it is known whether packing pays.
  private static let sample: UInt64 = 1 << 18
  private static let regularFile: UInt32 = 0o100000

  init(name: String, size: UInt64, mode: UInt32, offset: UInt64) {
    (self.name, self.size, self.mode, self.offset) = (name, size, mode, offset)
  }

  /// Writes the content packed.
  ///
  /// - Parameter pieces: gives the content; it may be asked twice.
  /// - Returns: SHA-256 of the content, hexadecimal.
  mutating func deflate(
    _ pieces: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void, to output: ZipOutput,
    _ hear: @escaping (Int) throws -> Void
  ) throws -> String {
    guard size > 0 else { throw DoesNotPay() }
    let packer = try Deflater()
    var check = Check()
    var heard = 0
    do {
      try pieces { piece in
        check.take(piece)
        try packer.pack(piece, isLast: false, output.write)
        if check.count >= Self.sample, packer.packedSize > check.count / 100 * 97 {
          throw DoesNotPay()
        }
        heard += piece.count
        try hear(piece.count)
      }
      try packer.pack(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true, output.write)
      guard check.count == size else { throw Changed() }
      guard packer.packedSize < size, packer.packedSize >= size / Self.largestRatio else {
        throw DoesNotPay()
      }
    } catch is DoesNotPay {
      // It will be heard of again.
      try hear(-heard)
      throw DoesNotPay()
    }
    (packedSize, checksum, isDeflated) = (packer.packedSize, check.checksum, true)
    return check.hash.finish().hex
  }

  /// Writes the content as it is.
  mutating func store(
    _ pieces: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void, to output: ZipOutput,
    _ hear: @escaping (Int) throws -> Void
  ) throws -> String {
    var check = Check()
    try pieces { piece in
      check.take(piece)
      try output.write(piece)
      try hear(piece.count)
    }
    guard check.count == size else { throw Changed() }
    (packedSize, checksum, isDeflated) = (size, check.checksum, false)
    return check.hash.finish().hex
  }

  /// What is known of a content when it has passed.
  private struct Check: ~Copyable {
    var count: UInt64 = 0
    var checksum: UInt32 = 0
    var hash = SHA256()

    mutating func take(_ piece: UnsafeRawBufferPointer) {
      count += UInt64(piece.count)
      hash.update(piece)
      checksum = UInt32(
        truncatingIfNeeded: crc32(
          UInt(checksum), piece.baseAddress?.assumingMemoryBound(to: UInt8.self),
          UInt32(piece.count)))
    }
  }

  // MARK: Headers

  /// Decided by what is known before the content is read, because the header's length must not change.
  private var isLarge: Bool { size >= 0xFFFF_FFFF - 0xFFFF }
  private var isFar: Bool { offset >= 0xFFFF_FFFF }

  /// What stands in front of the content.
  var local: [UInt8] {
    var bytes = LittleEndianBytes()
    bytes.word(0x0403_4B50)
    common(&bytes, isLarge: isLarge)
    bytes.half(UInt16(name.utf8.count))
    bytes.half(isLarge ? 20 : 0)
    bytes.append(name.utf8)
    if isLarge {
      bytes.half(1)
      bytes.half(16)
      bytes.long(size)
      bytes.long(packedSize)
    }
    return bytes.bytes
  }

  /// What stands in the directory.
  var central: [UInt8] {
    var bytes = LittleEndianBytes()
    bytes.word(0x0201_4B50)
    // Made by Unix, so that the mode is read.
    bytes.half(3 << 8 | 45)
    common(&bytes, isLarge: isLarge || isFar)
    bytes.half(UInt16(name.utf8.count))
    let extra = (isLarge ? 16 : 0) + (isFar ? 8 : 0)
    bytes.half(extra > 0 ? UInt16(extra + 4) : 0)
    bytes.half(0)
    bytes.half(0)
    bytes.half(0)
    bytes.word((Self.regularFile | mode) << 16)
    bytes.word(isFar ? 0xFFFF_FFFF : UInt32(truncatingIfNeeded: offset))
    bytes.append(name.utf8)
    if extra > 0 {
      bytes.half(1)
      bytes.half(UInt16(extra))
      if isLarge {
        bytes.long(size)
        bytes.long(packedSize)
      }
      if isFar { bytes.long(offset) }
    }
    return bytes.bytes
  }

  /// From the version that is needed to the sizes.
  private func common(_ bytes: inout LittleEndianBytes, isLarge needsZip64: Bool) {
    bytes.half(needsZip64 ? 45 : 20)
    // The name is UTF-8.
    bytes.half(1 << 11)
    bytes.half(isDeflated ? 8 : 0)
    // 1980-01-01 00:00.
    bytes.half(0)
    bytes.half(1 << 5 | 1)
    bytes.word(checksum)
    bytes.word(isLarge ? 0xFFFF_FFFF : UInt32(truncatingIfNeeded: packedSize))
    bytes.word(isLarge ? 0xFFFF_FFFF : UInt32(truncatingIfNeeded: size))
  }

  /// What stands at the end of an archive.
  ///
  /// - Parameters:
  ///   - size: of the directory, in bytes.
  ///   - start: where it begins.
  static func end(count: Int, size: UInt64, start: UInt64) -> [UInt8] {
    var bytes = LittleEndianBytes()
    let isLarge = count >= 0xFFFF || size >= 0xFFFF_FFFF || start >= 0xFFFF_FFFF
    if isLarge {
      bytes.word(0x0606_4B50)
      bytes.long(44)
      bytes.half(3 << 8 | 45)
      bytes.half(45)
      bytes.word(0)
      bytes.word(0)
      bytes.long(UInt64(count))
      bytes.long(UInt64(count))
      bytes.long(size)
      bytes.long(start)
      bytes.word(0x0706_4B50)
      bytes.word(0)
      bytes.long(start + size)
      bytes.word(1)
    }
    bytes.word(0x0605_4B50)
    bytes.half(0)
    bytes.half(0)
    bytes.half(isLarge ? 0xFFFF : UInt16(count))
    bytes.half(isLarge ? 0xFFFF : UInt16(count))
    bytes.word(isLarge ? 0xFFFF_FFFF : UInt32(size))
    bytes.word(isLarge ? 0xFFFF_FFFF : UInt32(start))
    bytes.half(0)
    return bytes.bytes
  }
}

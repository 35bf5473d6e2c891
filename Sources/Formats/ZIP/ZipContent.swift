import CZlib
import Platform

/// Unpacks one entry in pieces, and checks it.
///
/// Never more bytes come out than the directory says, whatever the packed bytes are.
struct ZipContent {
  let source: ByteSource
  let entry: ZipEntry
  var password: [UInt8]?

  private static let chunkSize = 1 << 16

  /// Gives the content piece by piece; throws after the last one when it is not what the directory says.
  func unpack(_ receive: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard !entry.isEncrypted || password != nil else {
      throw ParseFailure("`\(entry.name)` is encrypted", hint: "give its password")
    }
    let start = try dataOffset()
    var check = Check()
    let counted: (UnsafeRawBufferPointer) throws -> Void = { piece in
      check.take(piece)
      try receive(piece)
    }
    switch entry.method {
    case 0: try copy(from: start, counted)
    case 8: try inflate(from: start, counted)
    default:
      let names: [UInt16: String] = [
        1: "shrink", 6: "implode", 9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "zstd", 95: "xz",
        99: "AES",
      ]
      let name = names[entry.method] ?? "method \(entry.method)"
      throw ParseFailure(
        "`\(entry.name)` is packed by \(name), which is not supported",
        hint: "make the archive with deflate, as `zip -r` does")
    }
    guard check.count == entry.size, check.checksum == entry.checksum else {
      throw ZipDirectory.broken("the checksum of `\(entry.name)` is wrong")
    }
  }

  /// The count and CRC-32 of what came.
  private struct Check {
    var count: UInt64 = 0
    var checksum: UInt32 = 0

    mutating func take(_ piece: UnsafeRawBufferPointer) {
      count += UInt64(piece.count)
      checksum = UInt32(
        truncatingIfNeeded: crc32(
          UInt(checksum), piece.baseAddress?.assumingMemoryBound(to: UInt8.self),
          UInt32(piece.count)))
    }
  }

  /// Behind the local header, which must name the same entry.
  private func dataOffset() throws -> UInt64 {
    guard let bytes = try source.read(at: entry.headerOffset, 30) else {
      throw ZipDirectory.broken("`\(entry.name)` is beyond its end")
    }
    var reader = LittleEndianReader(bytes)
    guard reader.word() == 0x0403_4B50, reader.skip(22), let nameLength = reader.half(),
      let extraLength = reader.half()
    else { throw ZipDirectory.broken("`\(entry.name)` has no header") }
    let start = entry.headerOffset + 30
    guard try source.read(at: start, Int(nameLength)) == entry.rawName else {
      throw ZipDirectory.broken("`\(entry.name)` has another name in front of its content")
    }
    let offset = start + UInt64(nameLength) + UInt64(extraLength)
    guard offset <= source.count, entry.packedSize <= source.count - offset else {
      throw ZipDirectory.broken("`\(entry.name)` is cut off")
    }
    return offset
  }

  private func copy(
    from start: UInt64, _ receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let noise: UInt64 = entry.isEncrypted ? UInt64(ZipCipher.headerSize) : 0
    guard entry.packedSize >= noise, entry.packedSize - noise == entry.size else {
      throw ZipDirectory.broken("the size of `\(entry.name)` is wrong")
    }
    try packed(from: start) { piece in
      try piece.withUnsafeBytes(receive)
      return true
    }
  }

  /// The packed bytes in pieces, until the closure wants no more.
  private func packed(from start: UInt64, _ body: ([UInt8]) throws -> Bool) throws {
    var offset = start
    var rest = entry.packedSize
    var cipher = try cipher(at: &offset, &rest)
    while rest > 0 {
      let count = Int(min(rest, UInt64(Self.chunkSize)))
      guard var piece = try source.read(at: offset, count) else {
        throw ZipDirectory.broken("`\(entry.name)` is cut off")
      }
      cipher?.decrypt(&piece)
      offset += UInt64(count)
      rest -= UInt64(count)
      guard try body(piece) else { return }
    }
  }

  /// What decrypts the entry, its header read; nil for one that is not encrypted.
  private func cipher(at offset: inout UInt64, _ rest: inout UInt64) throws -> ZipCipher? {
    guard entry.isEncrypted, let password else { return nil }
    guard rest >= UInt64(ZipCipher.headerSize),
      var header = try source.read(at: offset, ZipCipher.headerSize)
    else { throw ZipDirectory.broken("`\(entry.name)` is cut off") }
    var cipher = ZipCipher(password: password)
    cipher.decrypt(&header)
    guard header.last == entry.passwordCheck else {
      throw ParseFailure("the password for `\(entry.name)` is wrong")
    }
    offset += UInt64(ZipCipher.headerSize)
    rest -= UInt64(ZipCipher.headerSize)
    return cipher
  }

  private func inflate(
    from start: UInt64, _ receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var stream = z_stream()
    // No zlib header: minus the largest window.
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw Failure(.bug, "zlib did not start") }
    defer { inflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: Self.chunkSize)
    var rest = entry.size
    var isDone = false
    func wrong() -> ParseFailure {
      ZipDirectory.broken("the content of `\(entry.name)` is damaged")
    }
    try packed(from: start) { piece in
      var piece = piece
      try piece.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        while !isDone {
          var count = 0
          var code: Int32 = Z_OK
          output.withUnsafeMutableBufferPointer {
            stream.next_out = $0.baseAddress
            stream.avail_out = UInt32($0.count)
            code = CZlib.inflate(&stream, Z_NO_FLUSH)
            count = $0.count - Int(stream.avail_out)
          }
          guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw wrong() }
          guard UInt64(count) <= rest else {
            throw ZipDirectory.broken("`\(entry.name)` is larger than its directory says")
          }
          rest -= UInt64(count)
          if count > 0 {
            try output.withUnsafeBytes {
              try receive(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
          }
          if code == Z_STREAM_END { isDone = true }
          if stream.avail_in == 0, stream.avail_out != 0 { break }
        }
      }
      return !isDone
    }
    guard isDone else { throw wrong() }
  }
}

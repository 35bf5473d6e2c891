import CZlib
import CZstd
import Platform

/// Files that were packed as a whole, by gzip (RFC 1952) or zstd (RFC 8878), known by their first bytes.
package enum PackedText {
  package enum Format: String, Sendable {
    case gzip, zstd
  }

  /// How bytes are packed; nil when they are not.
  package static func format(of bytes: some Sequence<UInt8>) -> Format? {
    let first = Array(bytes.prefix(4))
    if first.starts(with: [0x1F, 0x8B]) { return .gzip }
    if first == [0x28, 0xB5, 0x2F, 0xFD] { return .zstd }
    // A frame that readers pass over may come first.
    return first.count == 4 && first[0] & 0xF0 == 0x50 && first[1...] == [0x2A, 0x4D, 0x18]
      ? .zstd : nil
  }

  /// What was packed: all members or frames, one behind the other. Bytes that are not packed are given back.
  ///
  /// - Parameter limit: more bytes than that are a failure, whatever the packed ones promise.
  package static func unpack(_ bytes: [UInt8], limit: Int) throws(ParseFailure) -> [UInt8] {
    switch format(of: bytes) {
    case nil: return bytes
    case .gzip: return try gunzip(bytes, limit)
    case .zstd: return try unzstd(bytes, limit)
    }
  }

  private static let step = 1 << 20

  private static func tooLarge(_ limit: Int) -> ParseFailure {
    ParseFailure("more than \(ByteCount(Int64(limit))) come out of it")
  }

  private static func gunzip(_ bytes: [UInt8], _ limit: Int) throws(ParseFailure) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw ParseFailure("zlib cannot begin") }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: step)
    var place = 0
    while true {
      let size = min(bytes.count - place, 1 << 30)
      let (code, made) = bytes.withUnsafeBufferPointer { input in
        piece.withUnsafeMutableBufferPointer { output in
          stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + place })
          stream.avail_in = UInt32(size)
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          let code = inflate(&stream, Z_NO_FLUSH)
          return (code, output.count - Int(stream.avail_out))
        }
      }
      place += size - Int(stream.avail_in)
      guard result.count + made <= limit else { throw tooLarge(limit) }
      result += piece[..<made]
      switch code {
      case Z_STREAM_END:
        // Another member may follow; zeros fill up a tape, and anything else behind the end is not ours.
        guard bytes[place...].starts(with: [0x1F, 0x8B]) else { return result }
        inflateReset(&stream)
      case Z_OK where made > 0 || place < bytes.count: continue
      case Z_OK, Z_BUF_ERROR: throw ParseFailure("the gzip file is cut off")
      default: throw ParseFailure("the gzip file is damaged, \(result.count) bytes in")
      }
    }
  }

  private static func unzstd(_ bytes: [UInt8], _ limit: Int) throws(ParseFailure) -> [UInt8] {
    guard let stream = ZSTD_createDStream() else { throw ParseFailure("zstd cannot begin") }
    defer { ZSTD_freeDStream(stream) }
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: step)
    var place = 0
    var isWhole = false
    while true {
      let before = place
      let (code, made) = bytes.withUnsafeBytes { input in
        piece.withUnsafeMutableBytes { output in
          var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: place)
          var into = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
          let code = ZSTD_decompressStream(stream, &into, &from)
          place = from.pos
          return (code, into.pos)
        }
      }
      guard ZSTD_isError(code) == 0 else {
        throw ParseFailure("the zstd file is damaged, \(result.count) bytes in")
      }
      guard result.count + made <= limit else { throw tooLarge(limit) }
      result += piece[..<made]
      isWhole = code == 0
      if made == 0, place == before || place == bytes.count {
        guard isWhole else { throw ParseFailure("the zstd file is cut off") }
        return result
      }
      if isWhole, place == bytes.count { return result }
    }
  }
}

import CZlib
import Platform

extension PNGImage {
  /// What each file begins with.
  package static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Reads a file, believing nothing.
  ///
  /// - Parameter limit: bytes that the pixels may take, as the file has them.
  /// - Throws: ``ParseFailure`` for what is damaged, cut off or over the limit, and for moving pictures.
  package init(parsing bytes: [UInt8], limit: Int = 1 << 28) throws(ParseFailure) {
    let file = try PNGChunks(bytes)
    guard let size = file.header.unpackedSize, size <= limit else {
      throw ParseFailure("the PNG picture takes more than \(ByteCount(Int64(limit)))")
    }
    // Deflate makes at most 1,032 bytes of one.
    guard size / 1032 <= file.packed.count else {
      throw ParseFailure("the PNG picture is cut off")
    }
    let unpacked = try Self.inflate(file.packed, to: size)
    self.init(
      header: file.header, palette: file.palette, invisible: file.invisible,
      rows: try PNGRows.join(unpacked, file.header))
  }

  /// Unpacks a zlib stream (RFC 1950) that holds exactly so many bytes.
  private static func inflate(_ packed: [UInt8], to size: Int) throws(ParseFailure) -> [UInt8] {
    guard packed.count < 1 << 31, size < 1 << 31 else {
      throw ParseFailure("the PNG picture is larger than 2 GB")
    }
    var stream = z_stream()
    guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw ParseFailure("zlib cannot begin")
    }
    defer { inflateEnd(&stream) }
    // One byte more than wanted shows that there is more.
    var result = [UInt8](repeating: 0, count: size + 1)
    let code = packed.withUnsafeBufferPointer { input in
      result.withUnsafeMutableBufferPointer { output in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return CZlib.inflate(&stream, Z_FINISH)
      }
    }
    guard code == Z_STREAM_END, stream.avail_out == 1 else {
      throw ParseFailure(
        code == Z_DATA_ERROR
          ? "the pixels of the PNG picture are damaged"
          : "the PNG picture has other pixels than its size says")
    }
    result.removeLast()
    return result
  }
}

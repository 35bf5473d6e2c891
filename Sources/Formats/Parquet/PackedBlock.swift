import CZlib
import CZstd
import Platform

/// Unpacks a block of bytes whose size is known.
enum PackedBlock {
  /// - Parameter size: of what comes out, exactly. Memory for it is taken as far as it is filled.
  static func unpack(
    _ bytes: ArraySlice<UInt8>, by codec: ParquetCodec, to size: Int
  ) throws(ParseFailure) -> [UInt8] {
    if codec == .uncompressed {
      guard bytes.count == size else { throw wrong("unpacked") }
      return Array(bytes)
    }
    // Of a page of nothing but missing values, some writers leave out the packed bytes as well.
    if size == 0 { return [] }
    var made = -1
    let result = bytes.withUnsafeBytes { input in
      [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
        let output = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[..<size])
        made = unpack(input, by: codec, into: output) ?? -1
        filled = max(0, made)
      }
    }
    guard made == size else { throw wrong(codec.name) }
    return result
  }

  private static func wrong(_ name: String) -> ParseFailure {
    ParseFailure("a page (\(name)) is damaged: other bytes come out than its header says")
  }

  /// How many bytes were made; nil when the input is damaged or makes more than there is room for.
  private static func unpack(
    _ input: UnsafeRawBufferPointer, by codec: ParquetCodec,
    into output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    switch codec {
    case .snappy: return SnappyBlock.unpack(input, into: output)
    case .lz4: return LZ4Block.unpack(input, into: output)
    case .gzip: return gunzip(input, into: output)
    case .zstd:
      let code = ZSTD_decompress(
        output.baseAddress, output.count, input.baseAddress, input.count)
      return ZSTD_isError(code) == 0 ? code : nil
    case .uncompressed, .lzo, .brotli, .lz4Hadoop: return nil
    }
  }

  /// gzip, whose header zlib finds; several members may follow each other.
  private static func gunzip(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard let start = input.bindMemory(to: UInt8.self).baseAddress,
      inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, size) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    // Pages have less than 2 GiB: both fit.
    stream.next_in = UnsafeMutablePointer(mutating: start)
    stream.avail_in = UInt32(truncatingIfNeeded: input.count)
    stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.avail_out = UInt32(truncatingIfNeeded: output.count)
    while true {
      guard inflate(&stream, Z_FINISH) == Z_STREAM_END else { return nil }
      if stream.avail_in == 0 || stream.avail_out == 0 { break }
      inflateReset(&stream)
    }
    return output.count - Int(stream.avail_out)
  }
}

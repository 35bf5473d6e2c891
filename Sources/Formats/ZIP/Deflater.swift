import CZlib
import Platform

/// Packs a content by deflate, piece by piece; the pieces do not decide what comes out.
final class Deflater {
  private var stream = z_stream()
  private var output = [UInt8](repeating: 0, count: 1 << 18)
  /// Bytes that came out.
  private(set) var packedSize: UInt64 = 0

  init() throws {
    // No zlib header: minus the largest window. Level and memory are zlib's own defaults.
    guard
      deflateInit2_(
        &stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw Failure(.io, "cannot begin to pack: out of memory") }
  }

  deinit { deflateEnd(&stream) }

  /// - Parameters:
  ///   - piece: the next bytes; at most 4 GB.
  ///   - isLast: whether nothing follows; everything comes out then.
  ///   - put: gets what is ready.
  func pack(
    _ piece: UnsafeRawBufferPointer, isLast: Bool, _ put: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    stream.next_in = UnsafeMutablePointer(
      mutating: piece.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = UInt32(piece.count)
    var isDone = false
    while !isDone {
      var code = Z_OK
      let count = output.withUnsafeMutableBufferPointer { buffer in
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(buffer.count)
        code = CZlib.deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        return buffer.count - Int(stream.avail_out)
      }
      guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
        throw Failure(.bug, "zlib packed nothing: \(code)")
      }
      if count > 0 {
        try output.withUnsafeBytes { try put(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        packedSize += UInt64(count)
      }
      isDone = isLast ? code == Z_STREAM_END : stream.avail_out > 0
    }
  }
}

import CZlib

/// Bytes that zlib packed (RFC 1950), as packs and binary patches hold them.
enum Inflation {
  struct Result {
    /// The first bytes of the content, as many as were asked for.
    var head: [UInt8]
    /// How many bytes the content has.
    var size: Int
    /// How many packed bytes it took.
    var taken: Int
  }

  /// Unpacks one stream; nil when it is broken, ends early, or its content is longer than said.
  ///
  /// - Parameters:
  ///   - keeping: so many first bytes of the content are kept; the rest is only counted.
  ///   - limit: the most bytes that the content may have.
  static func read(
    _ packed: UnsafeRawBufferPointer, keeping: Int, limit: Int
  ) -> Result? {
    var stream = z_stream()
    guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    var result = Result(head: [], size: 0, taken: 0)
    var piece = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let room = min(packed.count - result.taken, 1 << 30)
      stream.next_in = UnsafeMutablePointer(
        mutating: packed.baseAddress?.advanced(by: result.taken).assumingMemoryBound(to: UInt8.self)
      )
      stream.avail_in = UInt32(room)
      let (code, made) = piece.withUnsafeMutableBufferPointer { buffer in
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(buffer.count)
        let code = inflate(&stream, Z_NO_FLUSH)
        return (code, buffer.count - Int(stream.avail_out))
      }
      let taken = room - Int(stream.avail_in)
      result.taken += taken
      result.size += made
      guard result.size <= limit else { return nil }
      if result.head.count < keeping {
        result.head += piece[..<min(made, keeping - result.head.count)]
      }
      if code == Z_STREAM_END { return result }
      guard code == Z_OK, made > 0 || taken > 0 else { return nil }
    }
  }
}

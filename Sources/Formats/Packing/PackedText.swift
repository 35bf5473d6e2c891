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
    guard let format = format(of: bytes) else { return bytes }
    var place = 0
    var result: [UInt8] = []
    do {
      let reader = try UnpackingReader(format) { buffer in
        let count = min(buffer.count, bytes.count - place)
        bytes.withUnsafeBytes { all in
          buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[place..<place + count]))
        }
        place += count
        return count
      }
      while let piece = try reader.next() {
        guard result.count + piece.count <= limit else {
          throw ParseFailure("more than \(ByteCount(Int64(limit))) come out of it")
        }
        result += piece
      }
    } catch let problem as ParseFailure {
      throw problem
    } catch {
      // Memory can always be read.
      throw ParseFailure("\(error)")
    }
    return result
  }
}

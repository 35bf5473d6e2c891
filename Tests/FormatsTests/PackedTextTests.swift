import Formats
import Platform
import Testing

@Suite("Packed files") struct PackedTextTests {
  /// `printf 'ab\n' | gzip -n`
  private let gzip: [UInt8] = [
    0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x4C, 0xE2, 2, 0, 0x3E, 0x98, 0x4A, 1, 3, 0, 0, 0,
  ]
  /// A frame of one block that is not packed, by RFC 8878.
  private let zstd: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x20, 3, 0x19, 0, 0] + Array("ab\n".utf8)

  @Test("are known by their first bytes") func formats() {
    #expect(PackedText.format(of: zstd) == .zstd)
    #expect(PackedText.format(of: gzip) == .gzip)
    #expect(PackedText.format(of: [0x50, 0x2A, 0x4D, 0x18, 0]) == .zstd)
    for bytes: [UInt8] in [[], [0x1F], Array("a,b\n".utf8), [0x28, 0xB5]] {
      #expect(PackedText.format(of: bytes) == nil)
    }
  }

  @Test("are unpacked, frame after frame") func unpack() throws {
    let text = Array("ab\n".utf8)
    #expect(try PackedText.unpack(zstd, limit: 100) == text)
    #expect(try PackedText.unpack(zstd + zstd, limit: 100) == text + text)
    #expect(try PackedText.unpack(gzip, limit: 100) == text)
    #expect(try PackedText.unpack(gzip + gzip, limit: 100) == text + text)
    #expect(try PackedText.unpack(gzip + [0, 0, 0], limit: 100) == text)
    #expect(try PackedText.unpack(text, limit: 1) == text)
  }

  @Test(
    "are unpacked into room of every size, from pieces of every size", arguments: [1, 2, 3, 7, 100])
  func pieces(size: Int) throws {
    for (format, packed) in [
      (PackedText.Format.gzip, gzip + gzip + [0, 0]),
      (.zstd, zstd + [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 9] + zstd),
    ] {
      for step in [1, 3, 1000] {
        var place = 0
        let reader = try UnpackingReader(format) { buffer in
          let count = min(step, buffer.count, packed.count - place)
          buffer.copyBytes(from: packed[place..<place + count])
          place += count
          return count
        }
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: size)
        var count = size
        while count == size {
          count = try piece.withUnsafeMutableBytes { try reader.read(into: $0) }
          all += piece[..<count]
        }
        #expect(all == Array("ab\nab\n".utf8))
      }
    }
  }

  @Test("cut off, damaged or too large are a failure") func failures() {
    for whole in [gzip, zstd] {
      for length in 4..<whole.count {
        #expect(throws: ParseFailure.self) {
          try PackedText.unpack(Array(whole[..<length]), limit: 100)
        }
      }
      #expect(throws: ParseFailure.self) { try PackedText.unpack(whole, limit: 2) }
      for place in whole.indices {
        var damaged = whole
        damaged[place] ^= 0x55
        _ = try? PackedText.unpack(damaged, limit: 1 << 20)
      }
    }
  }
}

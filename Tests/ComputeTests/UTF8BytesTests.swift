import Platform
import Testing

@testable import Compute

@Suite("Bytes that are text") struct UTF8BytesTests {
  @Test("are those that Swift takes", arguments: 0..<10) func random(seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: "text")
    let pieces: [[UInt8]] =
      ["a", "é", "한", "😀", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10FFFF}", "0123456789"].map {
        Array($0.utf8)
      }
      + [
        [0x80], [0xC0, 0x80], [0xC1], [0xED, 0xA0, 0x80], [0xE0, 0x9F, 0xBF], [0xF0, 0x8F],
        [0xF4, 0x90],
        [0xF5], [0xFF], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
      ]
    var counts = (valid: 0, invalid: 0)
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<random.integer(below: 5) {
        // Mostly whole ones.
        bytes += pieces[random.integer(below: random.integer(below: 4) == 0 ? pieces.count : 9)]
      }
      let isValid = bytes.withUnsafeBufferPointer { UTF8Bytes.areValid($0) }
      #expect(isValid == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
      if isValid { counts.valid += 1 } else { counts.invalid += 1 }
    }
    #expect(counts.valid > 300 && counts.invalid > 300)
  }
}

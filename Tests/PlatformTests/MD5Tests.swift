import Platform
import Support
import Testing

@Suite("MD5") struct MD5Tests {
  @Test(
    "of RFC 1321's texts",
    arguments: [
      ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
      ("abc", "900150983cd24fb0d6963f7d28e17f72"),
      ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
      (
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "57edf4a22be3c955ac49da2e2107b67a"
      ),
    ])
  func texts(text: String, hex: String) {
    #expect(MD5.digest(of: Array(text.utf8)).hex == hex)
    #expect(MD5Digest(hex: hex.uppercased())?.hex == hex)
  }

  /// Messages of any length, in pieces of a size.
  private struct Messages: MD5Source {
    let messages: [[UInt8]]
    let piece: Int
    let pointers: [UnsafeMutablePointer<UInt8>]
    var digests: [MD5Digest?]
    private var next = 0
    private var places = [(message: Int, offset: Int)](repeating: (0, 0), count: 16)

    init(_ messages: [[UInt8]], piece: Int) {
      self.messages = messages
      self.piece = piece
      digests = Array(repeating: nil, count: messages.count)
      pointers = messages.map { message in
        let pointer = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, message.count))
        for (index, byte) in message.enumerated() { pointer[index] = byte }
        return pointer
      }
    }

    func free() { for pointer in pointers { pointer.deallocate() } }

    mutating func begin(_ lane: Int) -> Bool {
      guard next < messages.count else { return false }
      places[lane] = (next, 0)
      next += 1
      return true
    }

    mutating func read(_ lane: Int) -> UnsafeRawBufferPointer {
      let (message, offset) = places[lane]
      let count = min(piece, messages[message].count - offset)
      places[lane].offset += count
      return UnsafeRawBufferPointer(start: pointers[message] + offset, count: count)
    }

    mutating func end(_ lane: Int, _ digest: MD5Digest) { digests[places[lane].message] = digest }
  }

  @Test("of many messages side by side is that of each", arguments: [64, 128, 1 << 16])
  func lanes(piece: Int) {
    var random = SeededRandom(seed: UInt64(piece))
    for count in [1, 2, 3, 7, 8, 9, 40, 200] {
      let messages = (0..<count).map { index in
        let length = index < 130 && count == 200 ? index : Int(random.next() % 1000)
        return (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      }
      var source = Messages(messages, piece: piece)
      defer { source.free() }
      var lanes = MD5Lanes()
      lanes.run(&source)
      #expect(source.digests == messages.map { MD5.digest(of: $0) })
    }
  }

  @Test("in pieces of any size is that of the whole")
  func pieces() {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 31) }
    for size in [1, 3, 63, 64, 65, 200] {
      var hash = MD5()
      for start in stride(from: 0, to: message.count, by: size) {
        hash.update(Array(message[start..<min(start + size, message.count)]))
      }
      #expect(hash.finish() == MD5.digest(of: message))
    }
  }
}

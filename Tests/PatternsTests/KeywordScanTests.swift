import Patterns
import Support
import Testing

@Suite("Keyword scans") struct KeywordScanTests {
  /// What a scan must find, by the simplest way there is.
  private static func expected(_ keywords: [Keyword], _ text: [UInt8]) -> Set<[Int]> {
    func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    var result: Set<[Int]> = []
    for (index, keyword) in keywords.enumerated() where keyword.bytes.count <= text.count {
      guard !keyword.bytes.isEmpty else { continue }
      for start in 0...(text.count - keyword.bytes.count) {
        let part = text[start..<start + keyword.bytes.count]
        let isHit =
          keyword.ignoresCase
          ? part.map(lowered) == keyword.bytes.map(lowered) : Array(part) == keyword.bytes
        if isHit { result.insert([index, start]) }
      }
    }
    return result
  }

  @Test("random keywords are found where they stand", arguments: [1, 2, 3, 4, 6])
  func random(shortest: Int) {
    var random = SeededRandom(seed: UInt64(shortest))
    let letters = ["a", "b", "A", "c", "_", "é", "0"]
    for _ in 0..<400 {
      let keywords = (0..<(1 + Int(random.next() % 8))).map { _ in
        let count = shortest + Int(random.next() % 4)
        return Keyword(
          (0..<count).map { _ in random.pick(letters) }.joined(),
          ignoresCase: random.chance(1, of: 2))
      }
      var text = (0..<Int(random.next() % 200)).map { _ in random.pick(letters) }.joined()
      if random.chance(1, of: 2) { text += String(decoding: keywords[0].bytes, as: UTF8.self) }
      let bytes = Array(text.utf8)
      let hits = KeywordScan(keywords).hits(in: bytes)
      #expect(Set(hits.map { [$0.keyword, $0.position] }) == Self.expected(keywords, bytes))
      #expect(hits.count == Self.expected(keywords, bytes).count)
      let ends = hits.map { $0.position + keywords[$0.keyword].bytes.count }
      #expect(ends == ends.sorted())
    }
  }

  @Test("no keyword, an empty one, and no text")
  func empty() {
    #expect(KeywordScan([]).hits(in: [1, 2, 3]).isEmpty)
    #expect(KeywordScan([Keyword("")]).hits(in: [1, 2, 3]).isEmpty)
    #expect(KeywordScan([Keyword("abc")]).hits(in: []).isEmpty)
  }

  @Test("keywords of every byte there is")
  func bytes() {
    var keyword = Keyword("")
    keyword.bytes = (0...255).map { UInt8($0) }
    let hits = KeywordScan([keyword]).hits(in: [0, 0] + keyword.bytes + [9])
    #expect(hits.map(\.position) == [2])
  }
}

import Platform

/// Codes of one to sixteen bits, and what they stand for (ITU-T T.81, annex C).
struct JPEGHuffmanTable {
  /// By the sixteen bits that begin with a code: its length and its value; 0 where no code is.
  private let entries: [UInt16]

  /// - Parameters:
  ///   - counts: sixteen: how many codes have each length.
  ///   - values: of the codes, in their order.
  init(counts: ArraySlice<UInt8>, values: ArraySlice<UInt8>) throws(ParseFailure) {
    var entries = [UInt16](repeating: 0, count: 1 << 16)
    var code = 0
    var rest = values
    for (place, count) in counts.enumerated() {
      let length = place + 1
      for _ in 0..<count {
        guard let value = rest.popFirst(), code < 1 << length else {
          throw ParseFailure("a Huffman table of the JPEG picture makes no sense")
        }
        let start = code << (16 - length)
        let entry = UInt16(length) << 8 | UInt16(value)
        for index in start..<start + 1 << (16 - length) { entries[index] = entry }
        code += 1
      }
      code <<= 1
    }
    self.entries = entries
  }

  @inline(__always)
  func next(_ bits: inout JPEGBits) throws(ParseFailure) -> Int {
    let entry = entries[bits.peek()]
    guard entry != 0 else { throw ParseFailure("the pixels of the JPEG picture are damaged") }
    try bits.skip(Int(entry >> 8))
    return Int(entry & 0xFF)
  }
}

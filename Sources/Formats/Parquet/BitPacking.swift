/// Numbers of a few bits each, one behind the other, the lowest bit of the first byte first.
enum BitPacking {
  /// Unpacks `count` numbers of `width` bits, at most 64.
  ///
  /// - Precondition: the bytes hold them all.
  @inline(__always)
  static func unpack(
    _ bytes: UnsafeRawBufferPointer, width: Int, count: Int, _ body: (UInt64) -> Void
  ) {
    precondition(width >= 0 && width <= 64 && size(of: count, width: width) <= bytes.count)
    guard width > 0, let base = bytes.baseAddress else {
      for _ in 0..<count { body(0) }
      return
    }
    let mask = UInt64.max >> UInt64(64 - width)
    /// Where eight bytes can be read at once.
    let last = bytes.count - 8
    var bit = 0
    for _ in 0..<count {
      let place = bit >> 3
      let shift = bit & 7
      if place <= last, shift + width <= 64 {
        let word = base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        body(UInt64(littleEndian: word) >> UInt64(shift) & mask)
      } else {
        body(slowly(bytes, bit: bit, width: width))
      }
      bit += width
    }
  }

  /// Bytes that so many numbers take.
  static func size(of count: Int, width: Int) -> Int { (count * width + 7) / 8 }

  private static func slowly(_ bytes: UnsafeRawBufferPointer, bit: Int, width: Int) -> UInt64 {
    var value: UInt64 = 0
    var got = 0
    while got < width {
      let shift = (bit + got) & 7
      let taken = min(8 - shift, width - got)
      let piece = UInt64(bytes[(bit + got) >> 3]) >> UInt64(shift) & ((1 << UInt64(taken)) - 1)
      value |= piece << UInt64(got)
      got += taken
    }
    return value
  }
}

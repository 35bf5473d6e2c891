import Platform

/// Parquet's hybrid of runs and packed bits (parquet-format: Encodings.md, "RLE/Bit-Packing Hybrid"), for levels, indices and
/// truth values.
enum RunLengths {
  /// Either a value that stands so many times, or the numbers that are packed in some bytes.
  enum Run {
    case repeated(UInt32, count: Int)
    case packed(UnsafeRawBufferPointer, count: Int)
  }

  /// Calls a closure with each run, `count` values in all.
  ///
  /// - Parameter width: bits of a value, at most 32.
  static func read(
    _ cursor: inout ByteCursor, width: Int, count: Int, _ body: (Run) -> Void
  ) throws(ParseFailure) {
    guard width <= 32 else { throw ParseFailure("numbers of \(width) bits") }
    var rest = count
    while rest > 0 {
      let head = try cursor.varint()
      guard head >> 1 <= UInt64(Int32.max) else {
        throw ParseFailure("a run of \(head >> 1) values")
      }
      let size = Int(head >> 1)
      if head & 1 == 0 {
        let bytes = try cursor.take((width + 7) / 8)
        let value = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let taken = min(size, rest)
        // A run of nothing costs a byte at least: there is an end to them.
        if taken > 0 { body(.repeated(value, count: taken)) }
        rest -= taken
      } else {
        // Groups of eight; of the last, the bytes behind the last value may be missing.
        let taken = min(size * 8, rest)
        let whole = size * width
        let bytes = try cursor.take(
          whole <= cursor.remaining ? whole : BitPacking.size(of: taken, width: width))
        if taken > 0 { body(.packed(bytes, count: taken)) }
        rest -= taken
      }
    }
  }

  /// All values at once.
  static func values(
    _ cursor: inout ByteCursor, width: Int, count: Int
  ) throws(ParseFailure) -> [Int32] {
    var problem: ParseFailure?
    let values = [Int32](unsafeUninitializedCapacity: count) { values, filled in
      guard let base = values.baseAddress else { return }
      var next = base
      do throws(ParseFailure) {
        try read(&cursor, width: width, count: count) { run in
          switch run {
          case .repeated(let value, let count):
            next.initialize(repeating: Int32(bitPattern: value), count: count)
            next += count
          case .packed(let bytes, let count):
            var place = next
            BitPacking.unpack(bytes, width: width, count: count) {
              place.initialize(to: Int32(truncatingIfNeeded: $0))
              place += 1
            }
            next = place
          }
        }
      } catch {
        problem = error
      }
      filled = next - base
    }
    if let problem { throw problem }
    return values
  }
}

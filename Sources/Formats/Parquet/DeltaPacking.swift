import Platform

/// Whole numbers as differences, packed in blocks (parquet-format: Encodings.md, "Delta Encoding").
enum DeltaPacking {
  /// Reads the numbers and leaves the cursor behind them. Sums wrap, as those of the writer did.
  static func values(_ cursor: inout ByteCursor, count: Int) throws(ParseFailure) -> [Int64] {
    let blockSize = try cursor.varint()
    let pieces = try cursor.varint()
    let total = try cursor.varint()
    var value = try cursor.zigzag()
    guard blockSize > 0, blockSize <= 1 << 24, pieces > 0, blockSize % pieces == 0,
      (blockSize / pieces) % 32 == 0
    else { throw ParseFailure("blocks of \(blockSize) differences in \(pieces) pieces") }
    guard total == UInt64(count) else {
      throw ParseFailure("\(total) differences, where \(count) values should be")
    }
    let pieceSize = Int(blockSize / pieces)
    var values: [Int64] = []
    values.reserveCapacity(count)
    if count > 0 { values.append(value) }
    while values.count < count {
      let least = try cursor.zigzag()
      let widths = try cursor.take(Int(pieces))
      for width in widths where values.count < count {
        guard width <= 64 else { throw ParseFailure("differences of \(width) bits") }
        let taken = min(pieceSize, count - values.count)
        let whole = BitPacking.size(of: pieceSize, width: Int(width))
        // Of the last piece, the bytes behind the last value may be missing.
        let bytes = try cursor.take(
          whole <= cursor.remaining ? whole : BitPacking.size(of: taken, width: Int(width)))
        BitPacking.unpack(bytes, width: Int(width), count: taken) {
          value = value &+ least &+ Int64(bitPattern: $0)
          values.append(value)
        }
      }
    }
    return values
  }
}

import Platform

/// Definition levels: which rows have a value.
enum ParquetLevels {
  /// Those at the beginning of a page of version 1; nil when all rows have a value.
  static func isPresent(
    _ cursor: inout ByteCursor, count: Int, level: Int, encoding: ParquetEncoding
  ) throws(ParseFailure) -> [Bool]? {
    guard level > 0 else { return nil }
    let width = Int.bitWidth - level.leadingZeroBitCount
    switch encoding {
    case .rle:
      let size = try cursor.length()
      return try isPresent(cursor.take(size), count: count, level: level)
    case .bitPacked:
      // Of old writers: the highest bit first, without a length.
      let bytes = try cursor.take(BitPacking.size(of: count, width: width))
      return (0..<count).map { index in
        var value = 0
        for bit in (index * width)..<(index * width + width) {
          value = value << 1 | Int(bytes[bit >> 3] >> UInt8(7 - bit & 7)) & 1
        }
        return value == level
      }
    default: throw ParseFailure("its levels are encoded as \(encoding)")
    }
  }

  /// The same for levels of runs.
  static func isPresent(
    _ bytes: UnsafeRawBufferPointer, count: Int, level: Int
  ) throws(ParseFailure) -> [Bool]? {
    let width = Int.bitWidth - level.leadingZeroBitCount
    var cursor = ByteCursor(bytes)
    var isPresent: [Bool] = []
    isPresent.reserveCapacity(count)
    var isComplete = true
    try RunLengths.read(&cursor, width: width, count: count) { run in
      switch run {
      case .repeated(let value, let count):
        isComplete = isComplete && value == level
        isPresent.append(contentsOf: repeatElement(value == level, count: count))
      case .packed(let bytes, let count):
        BitPacking.unpack(bytes, width: width, count: count) { value in
          isComplete = isComplete && value == level
          isPresent.append(value == level)
        }
      }
    }
    return isComplete ? nil : isPresent
  }
}

import Platform

/// Decodes the values of a page (parquet-format: Encodings.md).
struct ParquetDecoder {
  let column: ParquetColumn
  /// Unpacked; levels may stand in front.
  let page: [UInt8]

  /// - Parameter count: of the values that are there.
  func values(
    _ encoding: ParquetEncoding, count: Int, from start: Int
  ) throws(ParseFailure) -> ParquetValues {
    // Of a page of nothing but missing values, some writers leave out all else.
    guard count > 0 else { return .indices([]) }
    return try page.withBytes { (bytes) throws(ParseFailure) in
      var cursor = ByteCursor(bytes)
      _ = try cursor.take(start)
      switch (encoding, column.type) {
      case (.plain, _): return try plain(&cursor, count)
      case (.plainDictionary, _), (.rleDictionary, _):
        let width = Int(try cursor.byte())
        return .indices(try RunLengths.values(&cursor, width: width, count: count))
      case (.rle, .boolean):
        var runs = ByteCursor(try cursor.take(cursor.length()))
        return .booleans(try RunLengths.values(&runs, width: 1, count: count).map { $0 != 0 })
      case (.deltaBinaryPacked, .int32):
        return .int32s(
          try DeltaPacking.values(&cursor, count: count).map { Int32(truncatingIfNeeded: $0) })
      case (.deltaBinaryPacked, .int64):
        return .int64s(try DeltaPacking.values(&cursor, count: count))
      case (.deltaLengthByteArray, .byteArray): return try deltaLengths(&cursor, count)
      case (.deltaByteArray, .byteArray), (.deltaByteArray, .fixedLengthByteArray):
        return try deltaStrings(&cursor, count)
      case (.byteStreamSplit, _): return try streams(&cursor, count)
      default:
        throw ParseFailure("values of the type \(column.type) are encoded as \(encoding)")
      }
    }
  }

  private func plain(_ cursor: inout ByteCursor, _ count: Int) throws(ParseFailure) -> ParquetValues
  {
    switch column.type {
    case .boolean:
      let bytes = try cursor.take(BitPacking.size(of: count, width: 1))
      return .booleans((0..<count).map { bytes[$0 >> 3] >> UInt8($0 & 7) & 1 == 1 })
    case .byteArray:
      var strings = ParquetBytes(storage: page)
      strings.reserve(min(count, cursor.remaining / 4))
      for _ in 0..<count {
        let size = try cursor.length()
        strings.append(at: cursor.place, size)
        _ = try cursor.take(size)
      }
      return .bytes(strings)
    case .int32, .int64, .int96, .float, .double, .fixedLengthByteArray:
      let start = cursor.place
      let bytes = try cursor.take(size(of: count))
      return fixed(bytes, count, storage: page, start: start)
    }
  }

  /// Values that all have one width, from bytes that stand at a place of the storage.
  private func fixed(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, storage: @autoclosure () -> [UInt8], start: Int
  ) -> ParquetValues {
    switch column.type {
    case .int32: return .int32s(Self.copies(bytes, count))
    case .int64: return .int64s(Self.copies(bytes, count))
    case .float: return .floats(Self.copies(bytes, count))
    case .double: return .doubles(Self.copies(bytes, count))
    case .boolean, .byteArray, .int96, .fixedLengthByteArray:
      let width = bytes.count / max(1, count)
      var strings = ParquetBytes(storage: storage())
      strings.reserve(count)
      for index in 0..<count { strings.append(at: start + index * width, width) }
      return .bytes(strings)
    }
  }

  /// Numbers of the order of little-endian machines, which all are that this runs on.
  private static func copies<Value>(_ bytes: UnsafeRawBufferPointer, _ count: Int) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
      filled = count
    }
  }

  /// Bytes of so many values of one width.
  private func size(of count: Int) throws(ParseFailure) -> Int {
    guard let width = column.type.width(length: column.length) else {
      throw ParseFailure("values of the type \(column.type) have no width of their own")
    }
    return count * width
  }

  /// The first bytes of all values, then the second, and so on.
  private func streams(
    _ cursor: inout ByteCursor, _ count: Int
  ) throws(ParseFailure) -> ParquetValues {
    let bytes = try cursor.take(size(of: count))
    let width = bytes.count / count
    let joined = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, filled in
      for stream in 0..<width {
        for index in 0..<count { buffer[index * width + stream] = bytes[stream * count + index] }
      }
      filled = bytes.count
    }
    return joined.withUnsafeBytes { fixed($0, count, storage: joined, start: 0) }
  }

  private func deltaLengths(
    _ cursor: inout ByteCursor, _ count: Int
  ) throws(ParseFailure) -> ParquetValues {
    let lengths = try DeltaPacking.values(&cursor, count: count)
    var strings = ParquetBytes(storage: page)
    strings.reserve(count)
    for length in lengths {
      let start = cursor.place
      strings.append(at: start, try cursor.take(Int(length)).count)
    }
    return .bytes(strings)
  }

  /// How much of the string before each takes over, then what is new.
  private func deltaStrings(
    _ cursor: inout ByteCursor, _ count: Int
  ) throws(ParseFailure) -> ParquetValues {
    let prefixes = try DeltaPacking.values(&cursor, count: count)
    let suffixes = try DeltaPacking.values(&cursor, count: count)
    var strings = ParquetBytes()
    strings.reserve(count)
    var before = 0..<0
    for index in 0..<count {
      let suffix = try cursor.take(Int(suffixes[index]))
      guard prefixes[index] >= 0, prefixes[index] <= Int64(before.count) else {
        throw ParseFailure("a text takes over more than the one before it has")
      }
      let start = strings.storage.count
      // A few bytes can make many texts of one long beginning.
      guard start + before.count + suffix.count < 1 << 30 else {
        throw ParseFailure("a page of more than 1 GiB of text")
      }
      let prefix = before.lowerBound..<(before.lowerBound + Int(prefixes[index]))
      strings.storage += strings.storage[prefix]
      strings.storage += suffix
      before = start..<strings.storage.count
      strings.append(at: start, before.count)
    }
    guard
      column.type != .fixedLengthByteArray
        || (0..<count).allSatisfy({ strings.range($0).count == column.length })
    else { throw ParseFailure("a value has not \(column.length) bytes") }
    return .bytes(strings)
  }
}

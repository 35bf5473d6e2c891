import CZlib
import Platform

/// Gives the pages of one column in one group of rows, one after the other, so that only one is unpacked at a time.
///
/// ```swift
/// var chunk = try file.chunk(column, group: group)
/// while let page = try chunk.next() { … }
/// ```
package struct ParquetColumnChunk: Sendable {
  package let column: ParquetColumn
  /// The number of its group of rows.
  package let group: Int
  /// What indices of pages point to; nil until a page has some.
  package private(set) var dictionary: ParquetValues?

  private let codec: ParquetCodec
  private var source: ParquetChunkBytes
  /// Values that have not been read, and bytes that may still come out of pages.
  private var rest: Int
  private var room: Int
  private var dictionaryCount = 0

  init(
    column: ParquetColumn, group: Int, codec: ParquetCodec, valueCount: Int, unpackedSize: Int,
    bytes: ParquetChunkBytes
  ) {
    self.column = column
    self.group = group
    self.codec = codec
    source = bytes
    rest = valueCount
    room = unpackedSize
  }

  /// The next page with rows; nil after the last.
  ///
  /// - Throws: ``ParseFailure`` that names the column; ``Failure`` when the file cannot be read.
  package mutating func next() throws -> ParquetPage? {
    do {
      while rest > 0 {
        guard source.remaining > 0 else {
          throw ParseFailure("\(rest) values are missing")
        }
        if let page = try readPage() { return page }
      }
      return nil
    } catch let problem as ParseFailure {
      throw ParseFailure("column `\(column.name)`: \(problem.message)", hint: problem.hint)
    }
  }

  /// The header of the next page, and how many bytes it has. It says nowhere how long it is.
  private mutating func readHeader() throws -> (ParquetPageHeader, Int) {
    var wanted = 1 << 12
    while true {
      try source.need(wanted)
      let isAll = source.remaining <= wanted
      let place = source.place
      do throws(ParseFailure) {
        return try source.bytes.withBytes {
          (all) throws(ParseFailure) -> (ParquetPageHeader, Int) in
          var reader = ThriftReader(UnsafeRawBufferPointer(rebasing: all[place...]))
          return (try ParquetPageHeader(&reader), reader.place)
        }
      } catch {
        if isAll { throw error }
        wanted *= 4
      }
    }
  }

  /// Nil for a page without rows: a dictionary, an index.
  private mutating func readPage() throws -> ParquetPage? {
    let (header, size) = try readHeader()
    source.skip(size)
    guard header.packedSize <= source.remaining else {
      throw ParseFailure("a page of \(header.packedSize) bytes is longer than what there is")
    }
    try source.need(header.packedSize)
    let start = source.place
    let end = start + header.packedSize
    source.skip(header.packedSize)
    guard header.kind != .index else { return nil }
    // The sizes in the footer count the headers, too.
    guard header.unpackedSize <= room else {
      throw ParseFailure("more bytes come out of its pages than the footer says")
    }
    room -= header.unpackedSize
    try check(header, start..<end)
    switch header.kind {
    case .index: return nil
    case .dictionary:
      try readDictionary(header, start..<end)
      return nil
    case .data:
      let page = try unpacked(start..<end, to: header.unpackedSize, isPacked: true)
      let level = column.definitionLevels
      return try decode(header, page: page) { (cursor, count) throws(ParseFailure) in
        try ParquetLevels.isPresent(
          &cursor, count: count, level: level, encoding: header.levelEncoding)
      }
    case .dataV2:
      return try readVersion2(header, start, end)
    }
  }

  private func check(
    _ header: ParquetPageHeader, _ range: Range<Int>
  ) throws(ParseFailure) {
    guard let checksum = header.checksum else { return }
    let found = source.bytes.withUnsafeBufferPointer { all in
      crc32_z(0, all.baseAddress.map { $0 + range.lowerBound }, range.count)
    }
    guard UInt32(truncatingIfNeeded: found) == checksum else {
      throw ParseFailure("the checksum of a page is wrong: the file is damaged")
    }
  }

  private mutating func readDictionary(
    _ header: ParquetPageHeader, _ range: Range<Int>
  ) throws(ParseFailure) {
    guard dictionary == nil else { throw ParseFailure("there are two dictionaries") }
    guard header.encoding == .plain || header.encoding == .plainDictionary else {
      throw ParseFailure("its dictionary is encoded as \(header.encoding)")
    }
    let page = try unpacked(range, to: header.unpackedSize, isPacked: true)
    let decoder = ParquetDecoder(column: column, page: page)
    dictionary = try decoder.values(.plain, count: header.valueCount, from: 0)
    dictionaryCount = header.valueCount
  }

  /// Levels stand in front, and are not packed.
  private mutating func readVersion2(
    _ header: ParquetPageHeader, _ start: Int, _ end: Int
  ) throws(ParseFailure) -> ParquetPage? {
    let levels = header.repetitionSize.addingReportingOverflow(header.definitionSize)
    guard !levels.overflow, levels.partialValue <= end - start,
      levels.partialValue <= header.unpackedSize
    else { throw ParseFailure("the levels are longer than their page") }
    let body = start + levels.partialValue
    let page = try unpacked(
      body..<end, to: header.unpackedSize - levels.partialValue, isPacked: header.isPacked)
    let definitions = Array(source.bytes[(start + header.repetitionSize)..<body])
    let level = column.definitionLevels
    return try decode(header, page: page) { (_, count) throws(ParseFailure) in
      guard level > 0 else { return nil }
      return try definitions.withBytes { (bytes) throws(ParseFailure) in
        try ParquetLevels.isPresent(bytes, count: count, level: level)
      }
    }
  }

  private mutating func decode(
    _ header: ParquetPageHeader, page: [UInt8],
    levels: (inout ByteCursor, Int) throws(ParseFailure) -> [Bool]?
  ) throws(ParseFailure) -> ParquetPage? {
    let count = header.valueCount
    guard count <= rest else { throw ParseFailure("its pages have more values than rows") }
    rest -= count
    let (isPresent, start) = try page.withBytes {
      (bytes) throws(ParseFailure) -> ([Bool]?, Int) in
      var cursor = ByteCursor(bytes)
      return (try levels(&cursor, count), cursor.place)
    }
    let present = isPresent.map { $0.count(where: \.self) } ?? count
    let decoder = ParquetDecoder(column: column, page: page)
    let values = try decoder.values(header.encoding, count: present, from: start)
    if case .indices(let indices) = values {
      guard dictionary != nil || present == 0 else {
        throw ParseFailure("its dictionary is missing")
      }
      let limit = UInt32(truncatingIfNeeded: dictionaryCount)
      guard indices.allSatisfy({ UInt32(bitPattern: $0) < limit }) else {
        throw ParseFailure("a value is not in the dictionary")
      }
    }
    return ParquetPage(rowCount: count, isPresent: isPresent, values: values)
  }

  private func unpacked(
    _ range: Range<Int>, to size: Int, isPacked: Bool
  ) throws(ParseFailure) -> [UInt8] {
    try PackedBlock.unpack(source.bytes[range], by: isPacked ? codec : .uncompressed, to: size)
  }
}

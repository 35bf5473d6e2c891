import Platform

/// Some rows of a column.
package struct ParquetPage: Sendable {
  package var rowCount: Int
  /// For each row whether it has a value; nil when all have.
  package var isPresent: [Bool]?
  /// Those that are there, in order.
  package var values: ParquetValues
}

/// Values as they are stored, without the missing ones.
package enum ParquetValues: Sendable {
  case booleans([Bool])
  case int32s([Int32])
  case int64s([Int64])
  case floats([Float])
  case doubles([Double])
  /// `byteArray`, `fixedLengthByteArray` and `int96`.
  case bytes(ParquetBytes)
  /// Places in the chunk's ``ParquetColumnChunk/dictionary``, all of which are there.
  case indices([Int32])

  package var count: Int {
    switch self {
    case .booleans(let values): values.count
    case .int32s(let values), .indices(let values): values.count
    case .int64s(let values): values.count
    case .floats(let values): values.count
    case .doubles(let values): values.count
    case .bytes(let values): values.count
    }
  }
}

extension ParquetValues {
  /// Some of the values.
  package subscript(range: Range<Int>) -> ParquetValues {
    switch self {
    case .booleans(let values): return .booleans(Array(values[range]))
    case .int32s(let values): return .int32s(Array(values[range]))
    case .int64s(let values): return .int64s(Array(values[range]))
    case .floats(let values): return .floats(Array(values[range]))
    case .doubles(let values): return .doubles(Array(values[range]))
    case .indices(let values): return .indices(Array(values[range]))
    case .bytes(let values):
      var some = ParquetBytes(storage: values.storage)
      for index in range {
        let place = values.range(index)
        some.append(at: place.lowerBound, place.count)
      }
      return .bytes(some)
    }
  }
}

/// Byte strings, as places in the bytes that they were read from.
package struct ParquetBytes: Sendable {
  package internal(set) var storage: [UInt8] = []
  /// Where each begins and how many bytes it has; a page has less than 4 GiB.
  private(set) var places: [(start: UInt32, count: UInt32)] = []

  package var count: Int { places.count }

  mutating func reserve(_ count: Int) { places.reserveCapacity(count) }

  /// Adds a string that stands in the storage.
  mutating func append(at start: Int, _ count: Int) {
    places.append((UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: count)))
  }

  package init() {}

  init(storage: [UInt8]) { self.storage = storage }

  /// Adds a copy of a string.
  package mutating func append(_ string: some Collection<UInt8>) {
    append(at: storage.count, string.count)
    storage += string
  }

  /// Calls a closure with the bytes, and where some of the strings are in them.
  package func withPlaces<Result, Problem: Error>(
    _ range: Range<Int>,
    _ body: (
      _ bytes: UnsafeBufferPointer<UInt8>,
      _ places: UnsafeBufferPointer<(start: UInt32, count: UInt32)>
    ) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    try storage.withUnsafeBufferPointer { (bytes) throws(Problem) in
      try places.withUnsafeBufferPointer { (places) throws(Problem) in
        try body(bytes, UnsafeBufferPointer(rebasing: places[range]))
      }
    }
  }

  package func range(_ index: Int) -> Range<Int> {
    let place = places[index]
    return Int(place.start)..<(Int(place.start) + Int(place.count))
  }

  package subscript(index: Int) -> ArraySlice<UInt8> { storage[range(index)] }
}

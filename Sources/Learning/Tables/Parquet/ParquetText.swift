import Formats

/// Stored values as text.
struct ParquetText {
  let column: ParquetColumn

  /// Whether the stored bytes are the text.
  var isPlain: Bool {
    (column.meaning == .text || column.meaning == .plain) && column.type != .int96
  }

  /// Calls a closure with the text of each value in order; nil for what is not a number.
  ///
  /// - Parameter range: of the values that are wanted; nil for all.
  func forEach<Problem>(
    _ values: ParquetValues, in range: Range<Int>? = nil,
    _ body: (UnsafeBufferPointer<UInt8>?) throws(Problem) -> Void
  ) throws(Problem) {
    let range = range ?? 0..<values.count
    if case .bytes(let bytes) = values, isPlain {
      return try bytes.storage.withUnsafeBufferPointer { (storage) throws(Problem) in
        for index in range {
          try body(UnsafeBufferPointer(rebasing: storage[bytes.range(index)]))
        }
      }
    }
    var text: [UInt8] = []
    for index in range {
      text.removeAll(keepingCapacity: true)
      guard spell(values, index, into: &text) else {
        try body(nil)
        continue
      }
      try text.withUnsafeBufferPointer { (text) throws(Problem) in try body(text) }
    }
  }

  /// False for what is not a number.
  private func spell(_ values: ParquetValues, _ index: Int, into text: inout [UInt8]) -> Bool {
    switch values {
    case .booleans(let values): text += (values[index] ? "True" : "False").utf8
    case .int32s(let values): spell(Int(values[index]), bits: 32, into: &text)
    case .int64s(let values): spell(Int(values[index]), bits: 64, into: &text)
    case .floats(let values): return spell(Double("\(values[index])") ?? .nan, into: &text)
    case .doubles(let values): return spell(values[index], into: &text)
    case .bytes(let values): return spell(values[index], into: &text)
    // Of a page without values.
    case .indices: return false
    }
    return true
  }

  private func spell(_ value: Int, bits: Int, into text: inout [UInt8]) {
    switch column.meaning {
    case .date: CalendarText.date(value, into: &text)
    case .time(let unit):
      let (second, fraction) = CalendarText.floorDivision(value, unit.rawValue)
      CalendarText.time(
        second: CalendarText.floorDivision(second, 86_400).remainder,
        nanosecond: fraction * (1_000_000_000 / unit.rawValue), into: &text)
    case .timestamp(let unit, let isUTC):
      let (second, fraction) = CalendarText.floorDivision(value, unit.rawValue)
      CalendarText.timestamp(
        second: second, nanosecond: fraction * (1_000_000_000 / unit.rawValue), isUTC: isUTC,
        into: &text)
    case .unsigned:
      text +=
        bits == 32
        ? "\(UInt32(truncatingIfNeeded: value))".utf8 : "\(UInt64(bitPattern: Int64(value)))".utf8
    case .decimal:
      let stored: ParquetValues = bits == 32 ? .int32s([Int32(value)]) : .int64s([Int64(value)])
      spellNumber(stored, into: &text)
    case .plain, .text, .float16, .uuid, .unsupported: text += "\(value)".utf8
    }
  }

  private func spell(_ bytes: ArraySlice<UInt8>, into text: inout [UInt8]) -> Bool {
    switch column.meaning {
    case .uuid:
      let digits = Array("0123456789abcdef".utf8)
      for (index, byte) in bytes.enumerated() {
        if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
        text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    case .decimal, .float16:
      var strings = ParquetBytes()
      strings.append(bytes)
      return spellNumber(.bytes(strings), into: &text)
    case .plain where column.type == .int96: spellInt96(bytes, into: &text)
    case .plain, .text, .unsigned, .date, .time, .timestamp, .unsupported: text += bytes
    }
    return true
  }

  /// Nanoseconds of a day, and the day by Julius Scaliger's count.
  private func spellInt96(_ bytes: ArraySlice<UInt8>, into text: inout [UInt8]) {
    let nanoseconds = bytes.prefix(8).reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
    let day = bytes.dropFirst(8).prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let (second, fraction) = CalendarText.floorDivision(Int(nanoseconds), 1_000_000_000)
    CalendarText.timestamp(
      second: (Int(Int32(bitPattern: day)) - 2_440_588) * 86_400 + second, nanosecond: fraction,
      isUTC: false, into: &text)
  }

  @discardableResult
  private func spellNumber(_ values: ParquetValues, into text: inout [UInt8]) -> Bool {
    let number = ParquetNumbers(column: column).doubles(values, dictionary: [])
    return spell(number.first ?? .nan, into: &text)
  }

  private func spell(_ value: Double, into text: inout [UInt8]) -> Bool {
    guard !value.isNaN else { return false }
    text += NumberText.spelled(value).utf8
    return true
  }
}

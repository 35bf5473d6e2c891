import Compute
import Formats

/// Stored values as numbers.
struct ParquetNumbers {
  let column: ParquetColumn

  /// One for each value; whole numbers beyond 2^53 are rounded, as those of CSV are: see ``greats(_:_:numbers:dictionary:)``.
  ///
  /// - Parameter dictionary: what indices point to, as numbers.
  func doubles(_ values: ParquetValues, dictionary: [Double]) -> [Double] {
    switch (values, column.meaning) {
    case (.indices(let indices), _): indices.map { dictionary[Int($0)] }
    case (.int32s(let values), .unsigned): values.map { Double(UInt32(bitPattern: $0)) }
    case (.int64s(let values), .unsigned): values.map { Double(UInt64(bitPattern: $0)) }
    case (.int32s(let values), .decimal(let scale)):
      values.map { Self.decimal(Int64($0), scale) }
    case (.int64s(let values), .decimal(let scale)): values.map { Self.decimal($0, scale) }
    case (.bytes(let values), .decimal(let scale)):
      (0..<values.count).map { Self.decimal(values[$0], scale) }
    case (.bytes(let values), .float16):
      (0..<values.count).map { index in
        let bytes = values[index]
        let bits = bytes.reversed().reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        return HalfPrecision.double(bits)
      }
    case (.int32s(let values), _): values.map(Double.init)
    case (.int64s(let values), _): values.map(Double.init)
    case (.floats(let values), _): values.map(Double.init)
    case (.doubles(let values), _): values
    case (.booleans(let values), _): values.map { $0 ? 1 : 0 }
    case (.bytes(let values), _): Array(repeating: .nan, count: values.count)
    }
  }

  /// Writes the numbers of some values one behind the other.
  ///
  /// - Parameter dictionary: as in ``doubles(_:dictionary:)``.
  func write(
    _ values: ParquetValues, _ range: Range<Int>, dictionary: [Double],
    to target: UnsafeMutablePointer<Double>
  ) {
    func fill<Value>(_ values: [Value], _ number: (Value) -> Double) {
      values.withUnsafeBufferPointer { values in
        for index in range { target[index - range.lowerBound] = number(values[index]) }
      }
    }
    switch (values, column.meaning) {
    case (.indices(let indices), _):
      dictionary.withUnsafeBufferPointer { dictionary in
        fill(indices) { dictionary[Int($0)] }
      }
    case (.int32s(let values), .plain): fill(values) { Double($0) }
    case (.int64s(let values), .plain): fill(values) { Double($0) }
    case (.floats(let values), .plain): fill(values) { Double($0) }
    case (.doubles(let values), .plain): fill(values) { $0 }
    case (.booleans(let values), .plain): fill(values) { $0 ? 1 : 0 }
    default:
      let numbers = doubles(values[range], dictionary: dictionary)
      for (index, number) in numbers.enumerated() { target[index] = number }
    }
  }

  /// What whole numbers of 64 bits are exactly, where the double beside does not say it.
  ///
  /// - Parameters:
  ///   - numbers: of the range.
  ///   - dictionary: what indices point to, as it is stored.
  func greats(
    _ values: ParquetValues, _ range: Range<Int>, numbers: UnsafePointer<Double>,
    dictionary: ParquetValues?
  ) -> [(place: Int, value: GreatWhole)] {
    let isUnsigned: Bool
    switch column.meaning {
    case .plain: isUnsigned = false
    case .unsigned: isUnsigned = true
    default: return []
    }
    func found(_ value: (Int) -> Int64) -> [(place: Int, value: GreatWhole)] {
      (0..<range.count).compactMap { place in
        guard numbers[place].magnitude >= GreatWhole.start else { return nil }
        let value = value(range.lowerBound + place)
        let great = isUnsigned ? GreatWhole(UInt64(bitPattern: value)) : GreatWhole(value)
        return great.map { (place, $0) }
      }
    }
    switch (values, dictionary) {
    case (.int64s(let values), _): return found { values[$0] }
    case (.indices(let indices), .int64s(let values)?): return found { values[Int(indices[$0])] }
    default: return []
    }
  }

  /// value / 10^scale, rounded once.
  private static func decimal(_ value: Int64, _ scale: Int) -> Double {
    // Both are exact then, and so is a division's only rounding.
    if scale >= 0, scale <= 22, value.magnitude < 1 << 53 {
      return Double(value) / powersOfTen[scale]
    }
    return Double("\(value)e\(-scale)") ?? .nan
  }

  /// The same for bytes in two's complement, the highest first, of any length.
  private static func decimal(_ bytes: ArraySlice<UInt8>, _ scale: Int) -> Double {
    guard bytes.count > 8 else {
      let start: Int64 = bytes.first.map { $0 >= 0x80 ? -1 : 0 } ?? 0
      return decimal(bytes.reduce(start) { $0 << 8 | Int64($1) }, scale)
    }
    let isNegative = bytes.first.map { $0 >= 0x80 } ?? false
    var magnitude = Array(bytes)
    if isNegative {
      var carry = true
      for index in magnitude.indices.reversed() {
        magnitude[index] = ~magnitude[index] &+ (carry ? 1 : 0)
        carry = carry && magnitude[index] == 0
      }
    }
    // Digits from the last: division by ten, byte by byte.
    var digits: [UInt8] = []
    while magnitude.contains(where: { $0 != 0 }) {
      var rest = 0
      for index in magnitude.indices {
        let value = rest << 8 | Int(magnitude[index])
        magnitude[index] = UInt8(value / 10)
        rest = value % 10
      }
      digits.append(UInt8(ascii: "0") + UInt8(rest))
    }
    let text = digits.isEmpty ? "0" : String(decoding: digits.reversed(), as: UTF8.self)
    return Double("\(isNegative ? "-" : "")\(text)e\(-scale)") ?? .nan
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

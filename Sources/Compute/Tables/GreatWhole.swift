/// A whole number of 64 bits that no `Double` is, such as 9007199254740993: tables hold numbers as doubles, and what must not take
/// two of these for one keeps them beside.
package struct GreatWhole: Sendable, Hashable, Comparable {
  /// From `Int64.min` to `UInt64.max`.
  package let value: Int128

  /// From here on numbers may be great.
  package static let start = 9_007_199_254_740_992.0

  /// Nil when a double is the same number.
  @inline(__always)
  package init?(_ value: Int64) {
    guard Self.isGreat(value.magnitude) else { return nil }
    self.value = Int128(value)
  }

  @inline(__always)
  package init?(_ value: UInt64) {
    guard Self.isGreat(value) else { return nil }
    self.value = Int128(value)
  }

  /// Digits with an optional sign; spaces and tabs around them do not count. Nil for all else, and for more than 64 bits.
  package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var digits = bytes[...].drop(while: isBlank)
    while let last = digits.last, isBlank(last) { digits.removeLast() }
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    guard digits.count >= 16 else { return nil }
    var magnitude: UInt64 = 0
    for byte in digits {
      guard byte &- 0x30 < 10 else { return nil }
      let (product, isTooLarge) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = product.addingReportingOverflow(UInt64(byte &- 0x30))
      guard !isTooLarge, !isLarger else { return nil }
      magnitude = sum
    }
    guard Self.isGreat(magnitude), !isNegative || magnitude <= Int64.min.magnitude else {
      return nil
    }
    value = isNegative ? -Int128(magnitude) : Int128(magnitude)
  }

  /// The same for text that is at hand as a string.
  package init?(_ text: String) {
    var text = text
    guard let found = text.withUTF8({ GreatWhole($0) }) else { return nil }
    self = found
  }

  /// Whether the bits from the first to the last that is set are more than the 53 of a double.
  @inline(__always)
  private static func isGreat(_ magnitude: UInt64) -> Bool {
    magnitude.leadingZeroBitCount + magnitude.trailingZeroBitCount < 64 - 53
  }

  /// The double that is nearest, which stands for it among numbers.
  package var nearest: Double {
    Int64(exactly: value).map { Double($0) } ?? Double(UInt64(truncatingIfNeeded: value))
  }

  package var text: String { "\(value)" }

  package static func < (left: GreatWhole, right: GreatWhole) -> Bool { left.value < right.value }
}

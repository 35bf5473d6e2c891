/// The lines of a binary patch: a letter for how many bytes (`A` to `Z` are 1 to 26, `a` to `z` 27 to 52), then groups of
/// five digits for four bytes, the last one filled up.
enum Base85 {
  static let digits = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~".utf8)

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  /// Adds what a line says; false when it is none.
  static func append(_ line: ArraySlice<UInt8>, to bytes: inout [UInt8]) -> Bool {
    guard let letter = line.first else { return false }
    let count: Int
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): count = Int(letter - UInt8(ascii: "A")) + 1
    case UInt8(ascii: "a")...UInt8(ascii: "z"): count = Int(letter - UInt8(ascii: "a")) + 27
    default: return false
    }
    let text = line.dropFirst()
    guard text.count == (count + 3) / 4 * 5 else { return false }
    var left = count
    var place = text.startIndex
    while left > 0 {
      var value: UInt64 = 0
      for digit in text[place..<(place + 5)] {
        let part = values[Int(digit)]
        guard part != 255 else { return false }
        value = value * 85 + UInt64(part)
      }
      guard let word = UInt32(exactly: value) else { return false }
      for shift in [24, 16, 8, 0] where left > 0 {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(shift)))
        left -= 1
      }
      place += 5
    }
    return true
  }
}

/// A number as it stands in a text: what it is worth, and whether it is written as a whole one.
struct WrittenNumber {
  let value: Double
  /// The digits of a whole number, without zeros in front; nil for those with a fraction or an exponent.
  private let digits: [UInt8]?

  var isWhole: Bool { digits != nil }

  /// - Returns: nil for what is no decimal number, `nan`, `inf` or `infinity`, whatever its capitals.
  init?(_ text: some Collection<UInt8>) {
    guard !text.isEmpty, text.count <= 400 else { return nil }
    let bytes = Array(text)
    let sign = bytes[0] == 0x2B || bytes[0] == 0x2D ? 1 : 0
    guard let length = Self.length(bytes, at: sign), sign + length == bytes.count else {
      let word = String(decoding: bytes[sign...], as: UTF8.self).lowercased()
      guard ["nan", "inf", "infinity"].contains(word) else { return nil }
      digits = nil
      value = word == "nan" ? .nan : bytes[0] == 0x2D ? -.infinity : .infinity
      return
    }
    let text = String(decoding: bytes[(bytes[0] == 0x2B ? 1 : 0)...], as: UTF8.self)
    guard let value = Double(text) else { return nil }
    self.value = value
    if bytes[sign...].allSatisfy({ (0x30...0x39).contains($0) }) {
      let rest = Array(bytes[sign...].drop { $0 == 0x30 })
      digits = bytes[0] == 0x2D && !rest.isEmpty ? [0x2D] + rest : rest
    } else {
      digits = nil
    }
  }

  /// Bytes of an unsigned decimal number that begins at a place; nil when none does.
  static func length(_ text: [UInt8], at start: Int) -> Int? {
    let run = { (from: Int) in
      text[min(from, text.count)...].prefix { (0x30...0x39).contains($0) }.count
    }
    var place = start
    let whole = run(place)
    place += whole
    if place < text.count, text[place] == 0x2E {
      let fraction = run(place + 1)
      guard whole + fraction > 0 else { return nil }
      place += 1 + fraction
    } else if whole == 0 {
      return nil
    }
    if place < text.count, text[place] | 0x20 == 0x65 {
      let hasSign = place + 1 < text.count && (text[place + 1] == 0x2B || text[place + 1] == 0x2D)
      let exponent = run(place + (hasSign ? 2 : 1))
      if exponent > 0 { place += (hasSign ? 2 : 1) + exponent }
    }
    return place - start
  }

  /// Whole numbers are the same digit by digit, others within the tolerance.
  func isSame(as other: WrittenNumber, _ tolerance: Tolerance) -> Bool {
    if let digits, let others = other.digits { return digits == others }
    return tolerance.allows(value, other.value)
  }
}

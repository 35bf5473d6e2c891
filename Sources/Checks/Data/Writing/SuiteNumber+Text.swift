extension SuiteNumber {
  /// The shortest digits that read back to the same number; whole ones without a point.
  static func text(_ value: Double) -> String {
    if value == value.rounded(), value.magnitude < 9e18 { return String(Int64(value)) }
    return "\(value)".replacing("e+", with: "e")
  }

  /// `99.9%`: a hundred times the number, by its digits and not by arithmetic, which would round.
  static func percentage(_ value: Double) -> String {
    var text = "\(value)"
    var exponent = 0
    if let mark = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: mark)...]) ?? 0
      text = String(text[..<mark])
    }
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    var whole = String(parts.first ?? "0")
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    let shift = exponent + 2
    guard shift.magnitude < 20 else {
      return sign + whole + (fraction.isEmpty ? "" : ".\(fraction)") + "e\(shift)%"
    }
    for _ in 0..<max(0, shift) { whole.append(fraction.isEmpty ? "0" : fraction.removeFirst()) }
    for _ in 0..<max(0, -shift) { fraction.insert(whole.popLast() ?? "0", at: fraction.startIndex) }
    whole = String(whole.drop { $0 == "0" })
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return sign + (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction) + "%"
  }

  /// In the largest unit of which it is a whole number.
  static func duration(_ seconds: Double) -> String {
    for (unit, size) in units.reversed() where size >= 1 {
      let count = seconds / size
      if count >= 1 || seconds == 0 && size == 1, count == count.rounded(), count * size == seconds
      {
        return text(count) + unit
      }
    }
    return text(seconds) + "s"
  }

  /// In seconds, the smallest first.
  static let units: [(name: String, seconds: Double)] = [
    ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400),
  ]
}

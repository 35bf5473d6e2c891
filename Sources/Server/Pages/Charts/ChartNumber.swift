import Platform

/// Numbers in pictures.
enum ChartNumber {
  /// A coordinate in hundredths at most: `12`, `12.5`; 0 for what is no number.
  static func pixel(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e13 else { return "0" }
    let hundredths = Int64((value * 100).rounded())
    let (whole, part) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
    var text = (hundredths < 0 ? "-" : "") + String(whole)
    if part > 0 {
      text += part % 10 == 0 ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
    }
    return text
  }

  /// A mark of an axis: `0.25`, `20k`, `1e−05`.
  static func mark(_ value: Double) -> String {
    let magnitude = value.magnitude
    let short: String
    switch magnitude {
    case 1e9..<1e13: short = shortNumber(value / 1e9) + "G"
    case 1e6..<1e9: short = shortNumber(value / 1e6) + "M"
    case 1e4..<1e6: short = shortNumber(value / 1e3) + "k"
    default: short = shortNumber(value)
    }
    return String(short.map { $0 == "-" ? "−" : $0 })
  }
}

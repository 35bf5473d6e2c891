import Glibc

/// Times as ISO 8601 has them, in UTC: `2026-03-01T12:00:00.250+00:00`.
enum ISOTime {
  /// - Parameter milliseconds: since 1970.
  static func text(_ milliseconds: Int64) -> String {
    let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    let (seconds, rest) = remainder < 0 ? (quotient - 1, remainder + 1000) : (quotient, remainder)
    var time = time_t(seconds)
    var parts = tm()
    guard gmtime_r(&time, &parts) != nil else { return "1970-01-01T00:00:00.000+00:00" }
    let two = { (number: Int32) in padded(Int64(number), to: 2) }
    let date =
      "\(padded(Int64(parts.tm_year) + 1900, to: 4))-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return date
      + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(padded(rest, to: 3))+00:00"
  }

  private static func padded(_ number: Int64, to width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

import Glibc
import Platform

/// Numbers, times and lengths of time as pages show them.
enum PageNumber {
  /// `100,000`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var text = number < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return text
  }

  /// A measured value: six digits at most, a true minus sign, words for what is no number.
  static func metric(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    let text = shortNumber(value)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  /// A length of time: `340 ms`, `12.3 s`, `4 min 05 s`, `2 h 03 min`.
  static func duration(_ milliseconds: Int64, _ language: Language) -> String {
    let units: (ms: String, s: String, min: String, h: String, d: String) =
      switch language {
      case .english: (" ms", " s", " min", " h", " d")
      case .korean: ("ms", "초", "분", "시간", "일")
      }
    let total = max(0, milliseconds)
    let padded = { (value: Int64) in (value < 10 ? "0" : "") + String(value) }
    switch total {
    case ..<1000: return "\(total)\(units.ms)"
    case ..<60_000: return "\(total / 1000).\(total % 1000 / 100)\(units.s)"
    case ..<3_600_000:
      return "\(total / 60_000)\(units.min) \(padded(total / 1000 % 60))\(units.s)"
    case ..<86_400_000:
      return "\(total / 3_600_000)\(units.h) \(padded(total / 60_000 % 60))\(units.min)"
    default: return "\(total / 86_400_000)\(units.d) \(total / 3_600_000 % 24)\(units.h)"
    }
  }

  /// The length from one time to another, however far apart foreign clocks put them.
  static func duration(from start: Int64, to end: Int64, _ language: Language) -> String {
    let (length, overflows) = end.subtractingReportingOverflow(start)
    return duration(overflows ? .max : length, language)
  }

  /// `2026-11-22 10:04:05` on the server's clock.
  static func local(_ milliseconds: Int64) -> String {
    formatted(milliseconds, "%Y-%m-%d %H:%M:%S", localtime_r)
  }

  /// `2026-11-22T10:04:05Z`, for machines.
  static func universal(_ milliseconds: Int64) -> String {
    formatted(milliseconds, "%Y-%m-%dT%H:%M:%SZ", gmtime_r)
  }

  private static func formatted(
    _ milliseconds: Int64, _ format: String,
    _ convert: (UnsafePointer<time_t>?, UnsafeMutablePointer<tm>?) -> UnsafeMutablePointer<tm>?
  ) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    guard convert(&seconds, &parts) != nil else { return "\(milliseconds) ms" }
    var buffer = [CChar](repeating: 0, count: 64)
    strftime(&buffer, 64, format, &parts)
    return String(cBytes: buffer)
  }
}

extension PageContext {
  /// A time: how long ago when it was today, else the date; the whole of it under the pointer.
  func time(_ milliseconds: Int64) -> HTML {
    let local = PageNumber.local(milliseconds)
    return """
      <time datetime="\(PageNumber.universal(milliseconds))" title="\(local)">\(ago(milliseconds))</time>
      """
  }

  private func ago(_ time: Int64) -> String {
    if isStill { return PageNumber.local(time) }
    let (length, overflows) = now.subtractingReportingOverflow(time)
    guard !overflows, length >= -5000, length < 86_400_000 else {
      return String(PageNumber.local(time).prefix(16))
    }
    let seconds = max(0, length / 1000)
    switch seconds {
    case ..<10: return self[.justNow]
    case ..<60: return self[.secondsAgo, String(seconds)]
    case ..<3600: return self[.minutesAgo, String(seconds / 60)]
    default: return self[.hoursAgo, String(seconds / 3600)]
    }
  }

  /// How long a run took, or has taken so far.
  func duration(_ start: Int64, _ end: Int64?) -> String {
    PageNumber.duration(from: start, to: end ?? now, language)
  }
}

import Glibc
import Platform
import Records

/// The length of time between two times; see ``duration(milliseconds:)``.
func duration(from start: Int64, to end: Int64) -> String {
  let (length, isTooLong) = end.subtractingReportingOverflow(start)
  return duration(milliseconds: isTooLong ? .max : length)
}

/// A length of time: `340 ms`, `12.3 s`, `4 min 05 s`, `2 h 03 min`.
func duration(milliseconds: Int64) -> String {
  let total = max(0, milliseconds)
  let padded = { (value: Int64) in (value < 10 ? "0" : "") + String(value) }
  switch total {
  case ..<1000: return "\(total) ms"
  case ..<60_000: return "\(total / 1000).\(total % 1000 / 100) s"
  case ..<3_600_000: return "\(total / 60_000) min \(padded(total / 1000 % 60)) s"
  default: return "\(total / 3_600_000) h \(padded(total / 60_000 % 60)) min"
  }
}

/// How long ago a time was: `just now`, `5 min ago`, `3 h ago`, then the local date.
func ago(_ time: Int64, now: Int64) -> String {
  let (milliseconds, isTooLong) = now.subtractingReportingOverflow(time)
  let seconds = milliseconds / 1000
  switch seconds {
  case _ where isTooLong: return String(localTime(time).prefix(16))
  case ..<10: return "just now"
  case ..<60: return "\(seconds) s ago"
  case ..<3600: return "\(seconds / 60) min ago"
  case ..<86_400: return "\(seconds / 3600) h ago"
  default: return String(localTime(time).prefix(16))
  }
}

/// A time as `2026-11-21 14:03:22` on the local clock; the number itself when it is beyond all calendars.
func localTime(_ milliseconds: Int64) -> String {
  var seconds = time_t(milliseconds / 1000)
  var parts = tm()
  guard localtime_r(&seconds, &parts) != nil else { return "\(milliseconds) ms" }
  var buffer = [CChar](repeating: 0, count: 64)
  strftime(&buffer, 64, "%Y-%m-%d %H:%M:%S", &parts)
  return String(cBytes: buffer)
}

extension RunStatus {
  /// The word in tables: `finished`.
  var word: String { rawValue.lowercased() }

  var style: Style {
    switch self {
    case .finished: .green
    case .failed: .red
    case .killed: .yellow
    case .running, .scheduled: .cyan
    }
  }
}

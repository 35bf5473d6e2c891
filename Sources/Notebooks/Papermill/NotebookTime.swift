import Formats
import Glibc

/// A moment as papermill writes it: `2026-11-22T21:42:27.123456+00:00`.
package struct NotebookTime: Sendable, Hashable, Comparable {
  /// Since 1970, in UTC.
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func now() -> NotebookTime {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return NotebookTime(microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)
  }

  package static func < (left: NotebookTime, right: NotebookTime) -> Bool {
    left.microseconds < right.microseconds
  }

  /// Python's `isoformat()`, which leaves a fraction of zero out.
  package var text: String {
    let time = utc
    let fraction = time.microsecond == 0 ? "" : "." + padded(time.microsecond, 6)
    return "\(padded(time.date.year, 4))-\(padded(time.date.month))-\(padded(time.date.day))"
      + "T\(padded(time.hour)):\(padded(time.minute)):\(padded(time.second))\(fraction)+00:00"
  }

  /// Seconds since an earlier moment, as papermill writes a duration.
  package func seconds(since start: NotebookTime) -> NotebookJSON {
    .double(Double(microseconds - start.microseconds) / 1_000_000)
  }

  package var utc: YAMLDateTime { time(shiftedBy: 0, offset: 0) }

  /// On the clock of this machine, without a zone.
  package var local: YAMLDateTime {
    var seconds = time_t(microseconds / 1_000_000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return time(shiftedBy: Int64(parts.tm_gmtoff), offset: nil)
  }

  private func time(shiftedBy seconds: Int64, offset: Int?) -> YAMLDateTime {
    let day: Int64 = 86_400_000_000
    // Years 1 to 9999, which is what there is a form for.
    let moment = min(
      max(microseconds + seconds * 1_000_000, -62_135_596_800_000_000),
      253_402_300_799_999_999)
    let days = Int((moment >= 0 ? moment : moment - day + 1) / day)
    let rest = Int(moment - Int64(days) * day)
    let date = YAMLDate(dayNumber: days)
    guard
      let time = YAMLDateTime(
        date: date, hour: rest / 3_600_000_000, minute: rest / 60_000_000 % 60,
        second: rest / 1_000_000 % 60, microsecond: rest % 1_000_000, offset: offset)
    else { preconditionFailure("the parts of a day are in their ranges") }
    return time
  }

  private func padded(_ value: Int, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

import Glibc

/// A date and a time of day as a clock on the wall shows them, without a time zone.
struct WallTime {
  /// Seconds since 1970 as if the wall were in Greenwich.
  var seconds: Int
  var microsecond = 0

  /// Days since 1970 of a date of the Gregorian calendar.
  static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    // Years begin in March, so that the leap day is the last.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let inEra = shifted - era * 400
    let inYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + inEra * 365 + inEra / 4 - inEra / 100 + inYear - 719_468
  }

  var date: (year: Int, month: Int, day: Int) {
    let days = dayNumber + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let inEra = days - era * 146_097
    let year = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365
    let inYear = inEra - (365 * year + year / 4 - year / 100)
    let month = (5 * inYear + 2) / 153
    let civil = month < 10 ? month + 3 : month - 9
    return (year + era * 400 + (civil <= 2 ? 1 : 0), civil, inYear - (153 * month + 2) / 5 + 1)
  }

  var dayNumber: Int { seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1 }
  var secondOfDay: Int { seconds - dayNumber * 86_400 }
  /// 0 is Sunday.
  var weekday: Int { ((dayNumber + 4) % 7 + 7) % 7 }

  /// Moves by whole months; a day that the month does not have becomes its last.
  mutating func add(months: Int) {
    let (year, month, day) = date
    let count = year * 12 + month - 1 + months
    let newYear = count >= 0 ? count / 12 : (count + 1) / 12 - 1
    let newMonth = count - newYear * 12 + 1
    let isLeap = newYear % 4 == 0 && (newYear % 100 != 0 || newYear % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let newDay = min(day, lengths[newMonth - 1])
    seconds = Self.day(newYear, newMonth, newDay) * 86_400 + secondOfDay
  }

  /// What C's `strftime` makes of a format, in the C locale.
  func formatted(_ format: String) -> String {
    let (year, month, day) = date
    var parts = tm()
    parts.tm_year = Int32(clamping: year - 1900)
    parts.tm_mon = Int32(month - 1)
    parts.tm_mday = Int32(day)
    parts.tm_hour = Int32(secondOfDay / 3600)
    parts.tm_min = Int32(secondOfDay / 60 % 60)
    parts.tm_sec = Int32(secondOfDay % 60)
    parts.tm_wday = Int32(weekday)
    parts.tm_yday = Int32(dayNumber - Self.day(year, 1, 1))
    parts.tm_isdst = -1
    guard !format.isEmpty else { return "" }
    // A mark in front tells an empty result from one that does not fit.
    let marked = "." + format
    var size = 256 + marked.utf8.count
    while size < 1 << 22 {
      var buffer = [CChar](repeating: 0, count: size)
      let count = strftime(&buffer, size, marked, &parts)
      if count > 0 {
        return String(decoding: buffer[1..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
      size *= 4
    }
    return ""
  }
}

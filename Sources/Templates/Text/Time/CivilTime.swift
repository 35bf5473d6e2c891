/// A date and a time of day of the Gregorian calendar, without a zone.
package struct CivilTime: Sendable, Hashable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour = 0
  package var minute = 0
  package var second = 0
  package var microsecond = 0

  package init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
    microsecond: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }

  /// The time that many seconds after 1970-01-01 00:00:00, which must be within the years 1 to 9999.
  package init(seconds: Int, microsecond: Int = 0) {
    let days = Self.floorDivided(seconds, 86_400)
    let rest = seconds - days * 86_400
    // The algorithm of H. Hinnant, "chrono-compatible low-level date algorithms": years begin in March.
    let shifted = days + 719_468
    let era = Self.floorDivided(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let place = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * place + 2) / 5 + 1
    month = place < 10 ? place + 3 : place - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
    self.microsecond = microsecond
  }

  /// Days since 1970-01-01.
  package var days: Int { Self.days(year, month, day) }

  /// Seconds since 1970-01-01 00:00:00, as if the time were UTC.
  package var seconds: Int { days * 86_400 + hour * 3600 + minute * 60 + second }

  /// 0 for Monday.
  package var weekday: Int { Self.floorModulo(days + 3, 7) }

  /// 1 for January 1st.
  package var dayOfYear: Int { days - Self.days(year, 1, 1) + 1 }

  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivided(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  static func daysInMonth(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func floorDivided(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }

  static func floorModulo(_ value: Int, _ divisor: Int) -> Int {
    value - floorDivided(value, divisor) * divisor
  }
}

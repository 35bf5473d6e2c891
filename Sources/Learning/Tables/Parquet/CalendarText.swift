/// Dates and times as text, as Python and pandas write them: `2026-03-01 08:30:00.250000`.
enum CalendarText {
  /// A day, counted from 1970-01-01, in the Gregorian calendar of all times.
  static func date(_ day: Int, into text: inout [UInt8]) {
    // Years begin in March here, in eras of 400 (H. Hinnant, "chrono-compatible low-level date algorithms").
    let shifted = day + 719_468
    let era = floorDivision(shifted, 146_097).quotient
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * ofYear + 2) / 153
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    if year < 0 { text.append(UInt8(ascii: "-")) }
    append(abs(year), digits: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    append(month < 10 ? month + 3 : month - 9, digits: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    append(ofYear - (153 * month + 2) / 5 + 1, digits: 2, to: &text)
  }

  /// A time of the day: six digits behind the second when some are not zero, nine when it takes that many.
  static func time(second: Int, nanosecond: Int, into text: inout [UInt8]) {
    append(second / 3600, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(second / 60 % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(second % 60, digits: 2, to: &text)
    guard nanosecond > 0 else { return }
    text.append(UInt8(ascii: "."))
    let isFine = nanosecond % 1000 != 0
    append(isFine ? nanosecond : nanosecond / 1000, digits: isFine ? 9 : 6, to: &text)
  }

  /// A date and a time: seconds since 1970-01-01, and 0..<10^9 nanoseconds.
  static func timestamp(
    second: Int, nanosecond: Int, isUTC: Bool, into text: inout [UInt8]
  ) {
    let (day, ofDay) = floorDivision(second, 86_400)
    date(day, into: &text)
    text.append(UInt8(ascii: " "))
    time(second: ofDay, nanosecond: nanosecond, into: &text)
    if isUTC { text += "+00:00".utf8 }
  }

  /// The quotient rounded down, and what is left, which is never negative.
  static func floorDivision(_ value: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  private static func append(_ number: Int, digits: Int, to text: inout [UInt8]) {
    var size = 1
    for _ in 1..<digits { size *= 10 }
    while size <= number / 10 { size *= 10 }
    while size > 0 {
      text.append(UInt8(ascii: "0") + UInt8(number / size % 10))
      size /= 10
    }
  }
}

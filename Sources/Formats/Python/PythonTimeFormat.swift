/// Python's `strftime` of a day and time, in the C locale.
struct PythonTimeFormat {
  private let date: YAMLDate
  private let time: YAMLDateTime?

  init(_ time: YAMLDateTime) {
    date = time.date
    self.time = time
  }

  init(date: YAMLDate) {
    self.date = date
    time = nil
  }

  private static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  func text(_ format: String) -> String {
    var result = ""
    var rest = format.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "%", let letter = rest.popFirst() else {
        result.unicodeScalars.append(scalar)
        continue
      }
      result += part(letter) ?? "%\(letter)"
    }
    return result
  }

  private var hour: Int { time?.hour ?? 0 }
  /// 0 for Sunday.
  private var weekday: Int { ((date.dayNumber + 4) % 7 + 7) % 7 }
  /// From 1.
  private var dayOfYear: Int {
    (YAMLDate(year: date.year, month: 1, day: 1)?.dayNumber).map { date.dayNumber - $0 + 1 } ?? 1
  }

  private func part(_ letter: Unicode.Scalar) -> String? {
    switch letter {
    case "Y": String(date.year)
    case "y": padded(date.year % 100)
    case "C": padded(date.year / 100)
    case "G": String(isoWeek.year)
    case "g": padded(isoWeek.year % 100)
    case "V": padded(isoWeek.week)
    case "m": padded(date.month)
    case "B": Self.months[date.month - 1]
    case "b", "h": String(Self.months[date.month - 1].prefix(3))
    case "d": padded(date.day)
    case "e": padded(date.day, with: " ")
    case "j": padded(dayOfYear, 3)
    case "A": Self.days[weekday]
    case "a": String(Self.days[weekday].prefix(3))
    case "w": String(weekday)
    case "u": String(weekday == 0 ? 7 : weekday)
    case "U": padded((dayOfYear + 6 - weekday) / 7)
    case "W": padded((dayOfYear + 6 - (weekday + 6) % 7) / 7)
    case "H": padded(hour)
    case "k": padded(hour, with: " ")
    case "I": padded((hour + 11) % 12 + 1)
    case "l": padded((hour + 11) % 12 + 1, with: " ")
    case "M": padded(time?.minute ?? 0)
    case "S": padded(time?.second ?? 0)
    case "f": padded(time?.microsecond ?? 0, 6)
    case "p": hour < 12 ? "AM" : "PM"
    case "P": hour < 12 ? "am" : "pm"
    case "z": zone
    case "Z":
      zone.isEmpty ? "" : time?.offset == 0 ? "UTC" : "UTC\(zone.prefix(3)):\(zone.suffix(2))"
    case "F": text("%Y-%m-%d")
    case "D", "x": text("%m/%d/%y")
    case "T", "X": text("%H:%M:%S")
    case "R": text("%H:%M")
    case "r": text("%I:%M:%S %p")
    case "c": text("%a %b %e %H:%M:%S %Y")
    case "n": "\n"
    case "t": "\t"
    case "%": "%"
    default: nil
    }
  }

  private var zone: String {
    guard let offset = time?.offset else { return "" }
    let minutes = abs(offset) / 60
    return (offset < 0 ? "-" : "+") + padded(minutes / 60) + padded(minutes % 60)
  }

  private var isoWeek: (year: Int, week: Int) {
    let monday = (weekday + 6) % 7
    // The week belongs to the year of its Thursday.
    let thursday = dayOfYear - monday + 3
    if thursday < 1 {
      let last = YAMLDate(year: date.year - 1, month: 12, day: 31)
      return last.map { PythonTimeFormat(date: $0).isoWeek } ?? (date.year, 1)
    }
    let isLeap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0)
    if thursday > (isLeap ? 366 : 365) { return (date.year + 1, 1) }
    return (date.year, (thursday - 1) / 7 + 1)
  }

  private func padded(_ value: Int, _ width: Int = 2, with fill: Character = "0") -> String {
    let digits = String(value)
    return String(repeating: fill, count: max(0, width - digits.utf8.count)) + digits
  }
}

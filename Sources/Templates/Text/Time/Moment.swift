import Glibc

/// A moment in a time zone, as the library arrow has it for cookiecutter's `now` tag.
package struct Moment: Sendable, Hashable {
  /// What the zone's clock shows.
  package private(set) var clock: CivilTime
  package let zone: TimeZoneData
  /// Of a time that comes twice, whether this is the later one.
  private var isSecond = false

  /// A moment, in microseconds since 1970.
  package init(microseconds: Int64, in zone: TimeZoneData) {
    let whole = CivilTime.floorDivided(Int(microseconds), 1_000_000)
    self.zone = zone
    let type = zone.type(at: whole)
    clock = CivilTime(
      seconds: whole + type.offset, microsecond: Int(microseconds) - whole * 1_000_000)
    isSecond =
      zone.type(onClock: clock.seconds, isSecond: false).offset != type.offset
  }

  /// The time on a zone's clock.
  package init(_ clock: CivilTime, in zone: TimeZoneData) {
    self.clock = clock
    self.zone = zone
  }

  private var type: ZoneType { zone.type(onClock: clock.seconds, isSecond: isSecond) }

  /// Seconds east of Greenwich.
  package var offset: Int { type.offset }

  /// The zone that an expression of arrow names: `utc`, `local`, `+09:00`, `Asia/Seoul`.
  ///
  /// - Parameter microseconds: when; the local zone is fixed to what holds then.
  package static func zone(
    _ expression: String, at microseconds: Int64
  ) throws(TemplateError) -> TimeZoneData {
    switch expression {
    case "local": return local(at: Int(microseconds / 1_000_000))
    case "utc", "UTC", "Z": return .utc
    default: break
    }
    if let offset = fixedOffset(expression) {
      guard abs(offset) < 86_400 else {
        let days = CivilTime.floorDivided(offset, 86_400)
        let seconds = offset - days * 86_400
        throw .value(
          "offset must be a timedelta strictly between -timedelta(hours=24) and "
            + "timedelta(hours=24), not datetime.timedelta(days=\(days)"
            + "\(seconds == 0 ? "" : ", seconds=\(seconds)")).")
      }
      return TimeZoneData(offset: offset)
    }
    guard let zone = try TimeZoneData.named(expression) else {
      throw TemplateError(
        "ParserError",
        "Could not parse timezone expression \(TextRepr.quoted(Text(expression))).")
    }
    return zone
  }

  private static func local(at seconds: Int) -> TimeZoneData {
    var moment = time_t(seconds)
    var parts = tm()
    guard localtime_r(&moment, &parts) != nil else { return .utc }
    let name = parts.tm_zone.map { String(cString: $0) }
    return TimeZoneData(offset: parts.tm_gmtoff, name: name)
  }

  /// What begins with two digits, perhaps behind a sign and `(UTC`: hours and perhaps minutes.
  private static func fixedOffset(_ expression: String) -> Int? {
    var rest = Array(expression.utf8)[...]
    while rest.starts(with: "(UTC".utf8) { rest = rest.dropFirst(4) }
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      isNegative = sign == UInt8(ascii: "-")
      rest.removeFirst()
    }
    func twoDigits() -> Int? {
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
    guard let hours = twoDigits() else { return nil }
    rest = rest.dropFirst(2)
    if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
    let seconds = hours * 3600 + (twoDigits() ?? 0) * 60
    return isNegative ? -seconds : seconds
  }

  /// `datetime.strftime`, in the C locale.
  package func formatted(_ format: Text) -> Text {
    let type = type
    return TimeFormat.text(
      format, clock, TimeFormat.Zone(offset: type.offset, name: type.name, isSummer: type.isSummer))
  }
}

extension Moment {
  /// `arrow.shift(**amounts)`: years and months first, cut to the month's end, then the rest by the clock; a time that the
  /// clocks leave out moves on.
  ///
  /// - Parameter amounts: names such as `days` and how many; a repeated name counts with its last value.
  package func shifted(by amounts: [(name: Text, value: Double)]) throws(TemplateError) -> Moment {
    let known: [Text] = [
      "years", "months", "days", "hours", "minutes", "seconds", "microseconds", "weeks",
      "quarters", "weekday",
    ]
    var values: [Text: Double] = [:]
    for (name, value) in amounts {
      guard known.contains(name) else {
        throw .value(
          "Invalid shift time frame. Please select one of the following: "
            + known.map(\.string).joined(separator: ", ") + ".")
      }
      values[name] = value
    }
    func whole(_ value: Double) throws(TemplateError) -> Double {
      guard !value.isNaN else { throw .value("cannot convert float NaN to integer") }
      guard value.isFinite else { throw .overflow("cannot convert float infinity to integer") }
      guard value.rounded() == value else {
        throw .value("Non-integer years and months are ambiguous and not currently supported.")
      }
      return value
    }
    let years = try whole(values["years"] ?? 0)
    let months = try whole((values["months"] ?? 0) + (values["quarters"] ?? 0) * 3)
    var moved = clock
    try moved.add(years: years, months: months)
    for name: Text in ["hours", "minutes", "seconds", "microseconds"] {
      // Carrying infinity to the next unit leaves no number behind.
      if values[name]?.isInfinite ?? false {
        throw .value("cannot convert float NaN to integer")
      }
    }
    let days = (values["days"] ?? 0) + (values["weeks"] ?? 0) * 7
    try moved.add([
      (days, 86_400_000_000), (values["hours"] ?? 0, 3_600_000_000),
      (values["minutes"] ?? 0, 60_000_000), (values["seconds"] ?? 0, 1_000_000),
      (values["microseconds"] ?? 0, 1),
    ])
    if let weekday = values["weekday"], weekday != 0 {
      throw .attribute("'float' object has no attribute 'weekday'")
    }
    var result = Moment(moved, in: zone)
    try result.leaveGap()
    return result
  }

  /// Moves a time that the zone's clock never shows by what the clocks were put forward.
  private mutating func leaveGap() throws(TemplateError) {
    let seconds = clock.seconds
    let moment = seconds - type.offset
    guard moment + zone.type(at: moment).offset != seconds else { return }
    let after = zone.type(onClock: seconds + 86_400, isSecond: false).offset
    let before = zone.type(onClock: seconds - 86_400, isSecond: false).offset
    clock = CivilTime(seconds: seconds + after - before, microsecond: clock.microsecond)
  }
}

extension CivilTime {
  fileprivate mutating func add(years: Double, months: Double) throws(TemplateError) {
    // Months carry into years before both are added.
    let carry = (months / 12).rounded(.towardZero)
    let wantedYear = Double(year) + years + carry
    guard abs(years) < 9e18, abs(carry) < 9e18 else {
      throw .overflow("Python int too large to convert to C long")
    }
    guard let exact = Int(exactly: wantedYear) else {
      throw .overflow("Python int too large to convert to C long")
    }
    var newYear = exact
    var newMonth = month + Int(months - carry * 12)
    if newMonth > 12 {
      newYear += 1
      newMonth -= 12
    } else if newMonth < 1 {
      newYear -= 1
      newMonth += 12
    }
    guard newYear >= 1, newYear <= 9999 else {
      guard Int32(exactly: newYear) != nil else {
        throw .overflow(
          "signed integer is \(newYear < 0 ? "less than minimum" : "greater than maximum")")
      }
      throw .value("year \(newYear) is out of range")
    }
    year = newYear
    month = newMonth
    day = min(day, Self.daysInMonth(newYear, newMonth))
  }

  /// Adds amounts of units of so many microseconds, fractions rounded to whole ones, halves to even.
  fileprivate mutating func add(_ amounts: [(Double, Int)]) throws(TemplateError) {
    var total = 0
    var fraction = 0.0
    for (amount, unit) in amounts {
      guard !amount.isNaN else { throw .value("cannot convert float NaN to integer") }
      guard amount.isFinite else { throw .overflow("cannot convert float infinity to integer") }
      let whole = amount.rounded(.towardZero)
      let limit = 9.2e18 / Double(unit)
      guard abs(whole) < limit else {
        let days = whole * Double(unit) / 86_400_000_000
        guard abs(days) < 2_147_483_648 else {
          throw .overflow("Python int too large to convert to C int")
        }
        guard abs(days) <= 999_999_999 else {
          throw .overflow("days=\(Int(days.rounded(.down))); must have magnitude <= 999999999")
        }
        throw .overflow("date value out of range")
      }
      let (sum, overflow) = total.addingReportingOverflow(Int(whole) * unit)
      guard !overflow else { throw .overflow("date value out of range") }
      total = sum
      // The fraction of a unit is split once more, so that it stays exact as far as it can.
      let part = (amount - whole) * Double(unit)
      let wholePart = part.rounded(.towardZero)
      let (next, overflowAgain) = total.addingReportingOverflow(Int(wholePart))
      guard !overflowAgain else { throw .overflow("date value out of range") }
      total = next
      fraction += part - wholePart
    }
    let rounded = Int(fraction.rounded(.toNearestOrEven))
    let (sum, overflow) = total.addingReportingOverflow(rounded + microsecond)
    let seconds = CivilTime.floorDivided(sum, 1_000_000)
    let (moved, overflowAgain) = self.seconds.addingReportingOverflow(seconds)
    // From year 1 to the end of year 9999.
    guard !overflow, !overflowAgain, moved >= -62_135_596_800, moved < 253_402_300_800 else {
      throw .overflow("date value out of range")
    }
    self = CivilTime(seconds: moved, microsecond: sum - seconds * 1_000_000)
  }
}

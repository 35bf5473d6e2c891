/// The rule behind a zone's last recorded change, as POSIX's `TZ` variable writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable, Hashable {
  let standard: ZoneType
  /// Nil without summer time.
  let summer: ZoneType?
  private let start: Day
  private let end: Day

  /// A day of every year and the local second of it.
  private struct Day: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      /// Counted from 1, without February 29th.
      case julian(Int)
      /// Counted from 0, with it.
      case zeroBased(Int)
      /// The week-th weekday (0 for Sunday) of a month; week 5 is the last.
      case weekday(month: Int, week: Int, weekday: Int)
    }
    var kind = Kind.zeroBased(0)
    var second = 7200

    /// Seconds since 1970 on the local clock.
    func seconds(in year: Int) -> Int {
      let newYear = CivilTime.days(year, 1, 1)
      let day: Int
      switch kind {
      case .julian(let number):
        day = newYear + number - 1 + (CivilTime.isLeap(year) && number >= 60 ? 1 : 0)
      case .zeroBased(let number): day = newYear + number
      case .weekday(let month, let week, let weekday):
        let first = CivilTime.days(year, month, 1)
        // 1970-01-01 was a Thursday.
        let firstWeekday = CivilTime.floorModulo(first + 4, 7)
        var number = 1 + CivilTime.floorModulo(weekday - firstWeekday, 7) + (week - 1) * 7
        while number > CivilTime.daysInMonth(year, month) { number -= 7 }
        day = first + number - 1
      }
      return day * 86_400 + second
    }
  }

  /// Nil when the text is none.
  init?(_ text: [UInt8]) {
    var reader = Reader(rest: text[...])
    guard let name = reader.name(), let offset = reader.offset() else { return nil }
    standard = ZoneType(offset: -offset, isSummer: false, name: name)
    guard !reader.rest.isEmpty else {
      summer = nil
      start = Day()
      end = Day()
      return
    }
    guard let summerName = reader.name() else { return nil }
    var summerOffset = offset - 3600
    if let next = reader.rest.first, next != UInt8(ascii: ",") {
      guard let given = reader.offset() else { return nil }
      summerOffset = given
    }
    summer = ZoneType(offset: -summerOffset, isSummer: true, name: summerName)
    guard reader.take(","), let start = reader.day(), reader.take(","), let end = reader.day(),
      reader.rest.isEmpty
    else { return nil }
    self.start = start
    self.end = end
  }

  /// The changes of a year, in order: the moment in UTC, what was, what is from then on.
  func changes(in year: Int) -> [ZoneChange] {
    guard let summer else { return [] }
    return [
      ZoneChange(
        moment: start.seconds(in: year) - standard.offset, before: standard, after: summer),
      ZoneChange(moment: end.seconds(in: year) - summer.offset, before: summer, after: standard),
    ].sorted { $0.moment < $1.moment }
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard let first = rest.first, UInt32(first) == character.value else { return false }
      rest.removeFirst()
      return true
    }

    mutating func name() -> String? {
      if take("<") {
        let name = rest.prefix { $0 != UInt8(ascii: ">") }
        rest = rest[name.endIndex...]
        return take(">") ? String(decoding: name, as: UTF8.self) : nil
      }
      let name = rest.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
      rest = rest[name.endIndex...]
      return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    mutating func number() -> Int? {
      let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
      guard !digits.isEmpty, digits.count < 5 else { return nil }
      rest = rest[digits.endIndex...]
      return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    /// `[+-]hh[:mm[:ss]]`, in seconds.
    mutating func offset() -> Int? {
      let isNegative = take("-")
      if !isNegative { _ = take("+") }
      guard let hours = number() else { return nil }
      var seconds = hours * 3600
      if take(":") {
        guard let minutes = number() else { return nil }
        seconds += minutes * 60
        if take(":") {
          guard let rest = number() else { return nil }
          seconds += rest
        }
      }
      return isNegative ? -seconds : seconds
    }

    mutating func day() -> Day? {
      var day = Day()
      if take("M") {
        guard let month = number(), take("."), let week = number(), take("."),
          let weekday = number(), (1...12).contains(month), (1...5).contains(week), weekday <= 6
        else { return nil }
        day.kind = .weekday(month: month, week: week, weekday: weekday)
      } else if take("J") {
        guard let number = number() else { return nil }
        day.kind = .julian(number)
      } else {
        guard let number = number() else { return nil }
        day.kind = .zeroBased(number)
      }
      if take("/") {
        guard let second = offset() else { return nil }
        day.second = second
      }
      return day
    }
  }
}

/// What holds in a zone for a while.
struct ZoneType: Sendable, Hashable {
  /// Seconds east of Greenwich.
  var offset: Int
  var isSummer: Bool
  /// `CET`, `KST`, `+05`.
  var name: String
}

/// A moment at which the clocks of a zone change.
struct ZoneChange: Sendable, Hashable {
  /// Seconds since 1970, UTC.
  var moment: Int
  var before: ZoneType
  var after: ZoneType
}

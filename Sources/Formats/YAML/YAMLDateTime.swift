/// A day with a time, with or without a zone, as Python's `datetime.datetime`.
package struct YAMLDateTime: Sendable, Hashable {
  package let date: YAMLDate
  package let hour: Int
  package let minute: Int
  package let second: Int
  package let microsecond: Int
  /// Seconds east of Greenwich, less than a day; nil when no zone is known.
  package let offset: Int?

  /// Nil when there is no such time.
  package init?(
    date: YAMLDate, hour: Int, minute: Int, second: Int, microsecond: Int = 0, offset: Int? = nil
  ) {
    guard 0..<24 ~= hour, 0..<60 ~= minute, 0..<60 ~= second, 0..<1_000_000 ~= microsecond,
      offset.map({ abs($0) < 86_400 }) ?? true
    else { return nil }
    self.date = date
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
    self.offset = offset
  }

  /// Microseconds since 1970, in UTC when there is a zone.
  var instant: Int {
    let seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second - (offset ?? 0)
    return seconds * 1_000_000 + microsecond
  }
}

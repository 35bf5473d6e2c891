/// The numbers of a timestamp's text, not yet checked against the calendar.
///
/// The form is that of PyYAML's constructor: `YYYY-M?M-D?D`, then optionally `T` or blanks, `H?H:MM:SS`, a fraction and
/// a zone (`Z` or `+H?H` with optional `:MM`).
struct TimestampParts {
  var year: Int
  var month: Int
  var day: Int
  var hour: Int?
  var minute = 0
  var second = 0
  var microsecond = 0
  /// Seconds east of Greenwich; nil when no zone is written.
  var offset: Int?

  init?(_ bytes: [UInt8]) {
    var s = ScalarScanner(bytes)
    guard let year = s.takeNumber(4, 4), s.take("-"), let month = s.takeNumber(1, 2), s.take("-"),
      let day = s.takeNumber(1, 2)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
    if s.isAtEnd { return }
    guard s.take("T") || s.take("t") || s.takeBlanks(),
      let hour = s.takeNumber(1, 2), s.take(":"), let minute = s.takeNumber(2, 2), s.take(":"),
      let second = s.takeNumber(2, 2)
    else { return nil }
    (self.hour, self.minute, self.second) = (hour, minute, second)
    if s.take(".") { microsecond = s.takeMicroseconds() }
    s.takeBlanks()
    if s.isAtEnd {
      // Blanks are only allowed in front of a zone.
      if let last = bytes.last, last == 0x20 || last == 0x09 { return nil }
      return
    }
    if s.take("Z") {
      offset = 0
      guard s.isAtEnd else { return nil }
      return
    }
    let isWest = s.peek == UInt8(ascii: "-")
    guard s.takeSign(), let hours = s.takeNumber(1, 2) else { return nil }
    var minutes = 0
    if s.take(":") {
      guard let number = s.takeNumber(2, 2) else { return nil }
      minutes = number
    }
    guard s.isAtEnd else { return nil }
    offset = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}

extension ScalarScanner {
  @discardableResult fileprivate mutating func takeBlanks() -> Bool {
    takeAll { $0 == 0x20 || $0 == 0x09 }
  }

  /// Takes digits; the first six are microseconds, the rest is dropped.
  fileprivate mutating func takeMicroseconds() -> Int {
    var value = 0
    var count = 0
    while let digit = takeNumber(1, 1) {
      if count < 6 { value = value * 10 + digit }
      count += 1
    }
    while count < 6 {
      value *= 10
      count += 1
    }
    return value
  }
}

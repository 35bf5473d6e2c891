/// Reads times as `strptime` of Python does: `%Y-%m-%d %H:%M:%S`. Those without a zone are taken as UTC.
struct TimeFormat: Sendable {
  private enum Piece: Sendable {
    case literal(UInt8)
    /// Any number of blanks, none as well.
    case blanks
    case field(UInt8)
  }

  private let pieces: [Piece]
  private let isISO: Bool

  init(_ text: String) {
    var pieces: [Piece] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let field = bytes.popFirst() else { break }
        switch field {
        case UInt8(ascii: "%"): pieces.append(.literal(field))
        // What they stand for.
        case UInt8(ascii: "T"): pieces += TimeFormat("%H:%M:%S").pieces
        case UInt8(ascii: "D"): pieces += TimeFormat("%m/%d/%y").pieces
        case UInt8(ascii: "F"): pieces += TimeFormat("%Y-%m-%d").pieces
        default: pieces.append(.field(field))
        }
      case 0x20, 0x09, 0x0A: pieces.append(.blanks)
      default: pieces.append(.literal(byte))
      }
    }
    self.pieces = pieces
    isISO = false
  }

  private init(isISO: Bool) {
    pieces = []
    self.isISO = isISO
  }

  /// ISO 8601 as data has it: a date, with a time behind `T` or a blank, a fraction and a zone.
  static let iso = TimeFormat(isISO: true)

  /// What it cannot read of a format; nil when it reads all of it.
  static func unknownField(in text: String) -> Character? {
    TimeFormat(text).pieces.lazy.compactMap { piece -> Character? in
      guard case .field(let field) = piece, !"YymdHIMSfjpzZbBaAs".utf8.contains(field) else {
        return nil
      }
      return Character(Unicode.Scalar(field))
    }.first
  }

  /// Seconds since 1970; nil when the whole text is no such time.
  func seconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    isISO ? TimeFormat.isoSeconds(bytes) : parse(bytes)
  }

  private static let isoFormats = [
    TimeFormat("%Y-%m-%d"), TimeFormat("%Y-%m-%dT%H:%M"), TimeFormat("%Y-%m-%dT%H:%M:%S"),
    TimeFormat("%Y-%m-%dT%H:%M:%S.%f"),
  ]

  private static let date = TimeFormat("%Y-%m-%d")
  private static let times = [
    TimeFormat("%H:%M:%S"), TimeFormat("%H:%M"),
  ]

  /// Those without a fraction and a zone, as most are; nil for others.
  private static func plainSeconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let day = date.parse(UnsafeBufferPointer(rebasing: bytes[..<10])) else { return nil }
    if bytes.count == 10 { return day }
    guard [0x20, 0x54, 0x74].contains(bytes[10]) else { return nil }
    let rest = UnsafeBufferPointer(rebasing: bytes[11...])
    // A time by itself is one of 1900-01-01.
    return times.lazy.compactMap { $0.parse(rest) }.first.map { day + $0 + 2_208_988_800 }
  }

  private static func isoSeconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard bytes.count >= 10 else { return nil }
    if let seconds = plainSeconds(bytes) { return seconds }
    var text = Array(bytes)
    if text.count > 10, text[10] == 0x20 || text[10] == UInt8(ascii: "t") {
      text[10] = UInt8(ascii: "T")
    }
    var offset = 0.0
    if text.count > 11 {
      if text.last == UInt8(ascii: "Z") || text.last == UInt8(ascii: "z") {
        text.removeLast()
      } else if let sign = text[11...].lastIndex(where: {
        $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
      }) {
        guard let zone = Self.zone(text[sign...]) else { return nil }
        offset = zone
        text.removeSubrange(sign...)
      }
    }
    return text.withUnsafeBufferPointer { text in
      isoFormats.lazy.compactMap { $0.parse(text) }.first.map { $0 - offset }
    }
  }

  /// `+09:00`, `-0930`, `+09` in seconds.
  private static func zone(_ text: ArraySlice<UInt8>) -> Double? {
    let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
    guard [2, 4, 6].contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    var seconds = 0.0
    for (place, unit) in zip(stride(from: 0, to: digits.count, by: 2), [3600.0, 60, 1]) {
      let number = Int(digits[place] - 0x30) * 10 + Int(digits[place + 1] - 0x30)
      seconds += Double(number) * unit
    }
    return text.first == UInt8(ascii: "-") ? -seconds : seconds
  }

  private struct Fields {
    var year = 1900, month = 1, day = 1, hour = 0, minute = 0, second = 0
    var fraction = 0.0, offset = 0.0
    var isAfternoon: Bool?
    var dayOfYear: Int?
    var since1970: Double?
  }

  private func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var place = 0
    var fields = Fields()
    for piece in pieces {
      switch piece {
      case .literal(let byte):
        guard place < bytes.count, bytes[place] == byte else { return nil }
        place += 1
      case .blanks:
        while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
      case .field(let field):
        guard TimeFormat.read(field, bytes, &place, &fields) else { return nil }
      }
    }
    return place == bytes.count ? TimeFormat.seconds(of: fields) : nil
  }

  private static func seconds(of fields: Fields) -> Double? {
    if let seconds = fields.since1970 { return seconds }
    var hour = fields.hour
    if let isAfternoon = fields.isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard fields.day <= days(in: fields.month, of: fields.year) else { return nil }
    var day = daysSince1970(fields.year, fields.month, fields.day)
    if let number = fields.dayOfYear { day = daysSince1970(fields.year, 1, 1) + number - 1 }
    let seconds = day * 86_400 + hour * 3600 + fields.minute * 60 + fields.second
    return Double(seconds) + fields.fraction - fields.offset
  }

  /// Reads up to `most` digits; false for a number that is not in the range, and for fewer than `least` of them.
  @inline(__always)
  private static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ target: inout Int, least: Int = 1,
    _ most: Int, _ range: ClosedRange<Int>
  ) -> Bool {
    var value = 0
    let start = place
    while place < bytes.count, place &- start < most {
      let digit = bytes[place] &- 0x30
      guard digit < 10 else { break }
      value = value &* 10 &+ Int(digit)
      place &+= 1
    }
    target = value
    return place &- start >= least && range.contains(value)
  }

  private static func read(
    _ field: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ fields: inout Fields
  ) -> Bool {
    func name(of list: [String]) -> Int? {
      for (index, word) in list.enumerated() {
        let end = place + word.utf8.count
        guard end <= bytes.count else { continue }
        let text = String(decoding: bytes[place..<end], as: UTF8.self)
        if text.lowercased() == word.lowercased() {
          place = end
          return index
        }
      }
      return nil
    }
    switch field {
    case UInt8(ascii: "Y"):
      return number(bytes, &place, &fields.year, least: 4, 4, 1...9999)
    case UInt8(ascii: "y"):
      guard number(bytes, &place, &fields.year, least: 2, 2, 0...99) else { return false }
      fields.year += fields.year < 69 ? 2000 : 1900
      return true
    case UInt8(ascii: "m"):
      return number(bytes, &place, &fields.month, 2, 1...12)
    case UInt8(ascii: "d"):
      return number(bytes, &place, &fields.day, 2, 1...31)
    case UInt8(ascii: "H"):
      return number(bytes, &place, &fields.hour, 2, 0...23)
    case UInt8(ascii: "I"):
      return number(bytes, &place, &fields.hour, 2, 1...12)
    case UInt8(ascii: "M"):
      return number(bytes, &place, &fields.minute, 2, 0...59)
    case UInt8(ascii: "S"):
      return number(bytes, &place, &fields.second, 2, 0...61)
    case UInt8(ascii: "f"):
      let start = place
      var value = 0
      guard number(bytes, &place, &value, 6, 0...999_999) else { return false }
      var scale = 1.0
      for _ in start..<place { scale *= 10 }
      // Nanoseconds, which Python does not read and others write.
      while place < bytes.count, place - start < 9, (0x30...0x39).contains(bytes[place]) {
        place += 1
      }
      fields.fraction = Double(value) / scale
      return true
    case UInt8(ascii: "j"):
      var value = 0
      guard number(bytes, &place, &value, 3, 1...366) else { return false }
      fields.dayOfYear = value
      return true
    case UInt8(ascii: "p"):
      guard let half = name(of: ["AM", "PM"]) else { return false }
      fields.isAfternoon = half == 1
      return true
    case UInt8(ascii: "b"), UInt8(ascii: "B"):
      guard let month = name(of: months) ?? name(of: months.map { String($0.prefix(3)) }) else {
        return false
      }
      fields.month = month + 1
      return true
    case UInt8(ascii: "a"), UInt8(ascii: "A"):
      return name(of: weekdays) ?? name(of: weekdays.map { String($0.prefix(3)) }) != nil
    case UInt8(ascii: "z"):
      if place < bytes.count, bytes[place] == UInt8(ascii: "Z") {
        place += 1
        return true
      }
      var end = place
      while end < bytes.count, "+-:0123456789".utf8.contains(bytes[end]) { end += 1 }
      guard let zone = zone(Array(bytes[place..<end])[...]) else { return false }
      fields.offset = zone
      place = end
      return true
    case UInt8(ascii: "Z"): return name(of: ["UTC", "GMT"]) != nil
    case UInt8(ascii: "s"):
      var value = 0
      guard number(bytes, &place, &value, 12, 0...999_999_999_999) else { return false }
      fields.since1970 = Double(value)
      return true
    default: return false
    }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

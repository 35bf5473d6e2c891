extension TextPattern {
  /// A date with a time, a time with seconds, or how far a bar of progress is: `00:12<00:03`.
  static func moment(_ text: ByteText, _ place: Int) -> Match? {
    let end =
      text.isDigit(place)
      ? dated(text, place) ?? stamp(text, place) ?? clock(text, place, hours: 999)
        ?? progress(text, place) : named(text, place)
    guard let end, !text.isInWord(end) else { return nil }
    return Match(place, end, "time")
  }

  /// `2026-11-22T19:04:16.123+01:00`, `2026/11/22 19:04`, `2026-11-22_19-04-16`.
  private static func dated(_ text: ByteText, _ place: Int) -> Int? {
    guard let (year, dash) = text.number(place, digits: 4...4), (1900..<2200).contains(year),
      [0x2D, 0x2F].contains(text[dash]), let (month, second) = text.number(dash + 1, digits: 2...2),
      (1...12).contains(month), text[second] == text[dash],
      let (day, gap) = text.number(second + 1, digits: 2...2), (1...31).contains(day),
      [0x54, 0x20, 0x5F, 0x2D].contains(text[gap]),
      let (hour, colon) = text.number(gap + 1, digits: 2...2), hour < 24
    else { return nil }
    let sign = text[colon]
    guard sign == 0x3A || sign == 0x2D, let (minute, end) = text.number(colon + 1, digits: 2...2),
      minute < 60
    else { return nil }
    guard text[end] == sign, let (seconds, last) = text.number(end + 1, digits: 2...2),
      seconds <= 60
    else {
      // Without colons it takes seconds to be a time.
      return sign == 0x3A ? zone(text, end) : nil
    }
    return zone(text, fraction(text, last))
  }

  /// `20261122_190416`, `20261122T190416Z`.
  private static func stamp(_ text: ByteText, _ place: Int) -> Int? {
    guard let (date, gap) = text.number(place, digits: 8...8), isDate(date),
      [0x54, 0x5F, 0x2D].contains(text[gap]),
      let (time, end) = text.number(gap + 1, digits: 6...6),
      time / 10000 < 24, time / 100 % 100 < 60, time % 100 <= 60
    else { return nil }
    return zone(text, fraction(text, end))
  }

  private static func isDate(_ number: Int) -> Bool {
    (1900..<2200).contains(number / 10000) && (1...12).contains(number / 100 % 100)
      && (1...31).contains(number % 100)
  }

  /// `19:04:16`, `0:00:12.5`, `7:04:16 PM`.
  private static func clock(_ text: ByteText, _ place: Int, hours: Int) -> Int? {
    guard text[place - 1] != 0x3A, let (hour, colon) = text.number(place, digits: 1...3),
      hour <= hours, text[colon] == 0x3A,
      let (minute, second) = text.number(colon + 1, digits: 2...2),
      minute < 60, text[second] == 0x3A,
      let (seconds, end) = text.number(second + 1, digits: 2...2), seconds <= 60, text[end] != 0x3A
    else { return nil }
    let last = fraction(text, end)
    let isHalf =
      text[last] == 0x20 && [0x41, 0x50].contains(text[last + 1]) && text[last + 2] == 0x4D
    return isHalf ? last + 3 : zone(text, last)
  }

  /// `00:12<00:03`, `00:12<?`.
  private static func progress(_ text: ByteText, _ place: Int) -> Int? {
    guard let (_, colon) = text.number(place, digits: 1...3), text[colon] == 0x3A,
      let (second, mark) = text.number(colon + 1, digits: 2...2), second < 60, text[mark] == 0x3C
    else { return nil }
    if text[mark + 1] == 0x3F { return mark + 2 }
    guard let (_, other) = text.number(mark + 1, digits: 1...3), text[other] == 0x3A,
      let (rest, end) = text.number(other + 1, digits: 2...2), rest < 60
    else { return nil }
    return end
  }

  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map { Array($0.utf8) }
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ].map { Array($0.utf8) }

  /// `Sun Nov 22 19:04:16 UTC 2026`, `Nov 22 19:04:16`, `Sun, 22 Nov 2026 19:04:16 GMT`.
  private static func named(_ text: ByteText, _ place: Int) -> Int? {
    let isWord = { (words: [[UInt8]], start: Int) in words.contains { text.has($0, at: start) } }
    var start = place
    if isWord(days, start) {
      start += 3
      if text[start] == 0x2C { start += 1 }
      guard text[start] == 0x20 else { return nil }
      start += 1
    }
    if let (_, end) = text.number(start, digits: 1...2), text[end] == 0x20, isWord(months, end + 1),
      text[end + 4] == 0x20, let (_, year) = text.number(end + 5, digits: 4...4),
      text[year] == 0x20, let last = clock(text, year + 1, hours: 23)
    {
      return text.has(" GMT".utf8, at: last) || text.has(" UTC".utf8, at: last) ? last + 4 : last
    }
    guard isWord(months, start), text[start + 3] == 0x20 else { return nil }
    start += text[start + 4] == 0x20 ? 5 : 4
    guard let (_, gap) = text.number(start, digits: 1...2), text[gap] == 0x20,
      var end = clock(text, gap + 1, hours: 23)
    else { return nil }
    var zone = end
    if text[zone] == 0x20 {
      while zone - end < 6, (0x41...0x5A).contains(text[zone + 1]) { zone += 1 }
    }
    if zone > end + 2, text[zone + 1] == 0x20 { zone += 1 } else { zone = end }
    if text[zone] == 0x20, let (_, year) = text.number(zone + 1, digits: 4...4) { end = year }
    return end
  }

  /// Past the fraction of a second, when there is one.
  private static func fraction(_ text: ByteText, _ place: Int) -> Int {
    let isComma = text[place] == 0x2C
    guard isComma || text[place] == 0x2E else { return place }
    // A comma is one when three digits follow, as Python's logging writes them.
    guard let (_, end) = text.number(place + 1, digits: isComma ? 3...3 : 1...9) else {
      return place
    }
    return end
  }

  /// Past `Z`, `+01:00`, `-0530` or ` UTC`, when there is one.
  private static func zone(_ text: ByteText, _ place: Int) -> Int {
    if text[place] == 0x5A { return place + 1 }
    let gap = text[place] == 0x20 ? place + 1 : place
    guard text[gap] == 0x2B || text[gap] == 0x2D,
      let (_, end) = text.number(gap + 1, digits: 2...4)
    else { return text.has(" UTC".utf8, at: place) ? place + 4 : place }
    guard text[end] == 0x3A else { return end - gap == 5 ? end : place }
    return text.number(end + 1, digits: 2...2)?.end ?? place
  }
}

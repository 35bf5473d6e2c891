extension TextPattern {
  /// Units that make a number a duration or a speed, the longest first.
  private static let units = [
    "seconds", "minutes", "ms/step", "us/step", "\u{B5}s/step", "second", "minute", "s/step",
    "hours", "msec", "secs", "hour", "kB/s", "KB/s", "MB/s", "GB/s", "KiB/s", "MiB/s", "GiB/s",
    "it/s", "s/it", "ms/it", "sec", "B/s", "ms", "\u{B5}s", "\u{3BC}s", "us", "ns", "s",
  ].sorted { $0.utf8.count > $1.utf8.count }.map { Array($0.utf8) }

  /// Units that are one only before a smaller one, as `m` may be metres, millions or a minimum.
  private static let largerUnits = ["days", "day", "mins", "min", "hr", "h", "m", "d"].map {
    Array($0.utf8)
  }

  /// How long something took, or how fast it went: `1.23s`, `4.5 ms`, `1h 2min 3s`, `8.2it/s`.
  static func duration(_ text: ByteText, _ place: Int) -> Match? {
    guard text.isDigit(place), let end = durationEnd(text, place, parts: 0) else { return nil }
    return Match(place, end, "duration")
  }

  private static func durationEnd(_ text: ByteText, _ place: Int, parts: Int) -> Int? {
    guard parts < 4 else { return nil }
    var number = place
    while text.isDigit(number), number - place < 18 { number += 1 }
    let wholeDigits = number - place
    if text[number] == 0x2E, text.isDigit(number + 1) {
      number += 1
      while text.isDigit(number), number - place < 40 { number += 1 }
    }
    let exponent = number
    if text[number] == 0x65, text[number + 1] == 0x2D, text.isDigit(number + 2) {
      number += 3
      while text.isDigit(number), number - exponent < 6 { number += 1 }
    }
    guard number > place else { return nil }
    let isApart = text[number] == 0x20
    let start = isApart ? number + 1 : number
    for unit in units where text.has(unit, at: start) {
      let end = start + unit.count
      guard !text.isInWord(end), text[end] != 0x2F else { continue }
      // `the 1990s` took no time.
      let isDecade =
        !isApart && unit == [0x73] && wholeDigits == 4 && number == place + 4
        && text[number - 1] == 0x30
      return isDecade ? nil : end
    }
    for unit in largerUnits where text.has(unit, at: start) {
      var next = start + unit.count
      if text[next] == 0x2C { next += 1 }
      if text[next] == 0x20 { next += 1 }
      guard text.isDigit(next) else { continue }
      return durationEnd(text, next, parts: parts + 1)
    }
    return nil
  }
}

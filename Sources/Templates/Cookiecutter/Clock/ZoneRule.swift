/// The yearly rule of a time zone in the notation of POSIX's `TZ`: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule {
  private struct Change {
    var month: Int
    var week: Int
    var weekday: Int
    /// Of the day, on the wall.
    var seconds: Int

    func time(in year: Int) -> Int {
      let first = WallTime.day(year, month, 1)
      let shift = (weekday - WallTime(seconds: first * 86_400).weekday + 7) % 7
      var day = first + shift + (week - 1) * 7
      let next = month == 12 ? WallTime.day(year + 1, 1, 1) : WallTime.day(year, month + 1, 1)
      while day >= next { day -= 7 }
      return day * 86_400 + seconds
    }
  }

  private let standard: (seconds: Int, name: String)
  private var summer: (seconds: Int, name: String)?
  private var start: Change?
  private var end: Change?

  /// Nil for a rule of another form; few zones have one.
  init?(_ text: String) {
    var rest = text[...]
    guard let name = Self.name(&rest), let offset = Self.time(&rest) else { return nil }
    standard = (-offset, name)
    guard !rest.isEmpty else { return }
    guard let summerName = Self.name(&rest) else { return nil }
    var summerOffset = -offset + 3600
    if rest.first != ",", let given = Self.time(&rest) { summerOffset = -given }
    summer = (summerOffset, summerName)
    guard let from = Self.change(&rest), let to = Self.change(&rest), rest.isEmpty else {
      return nil
    }
    (start, end) = (from, to)
  }

  func offset(at time: Int) -> (seconds: Int, name: String) {
    guard let summer, let start, let end else { return standard }
    let year = WallTime(seconds: time + standard.seconds).date.year
    let from = start.time(in: year) - standard.seconds
    let to = end.time(in: year) - summer.seconds
    let isSummer = from < to ? time >= from && time < to : time >= from || time < to
    return isSummer ? summer : standard
  }

  private static func name(_ rest: inout Substring) -> String? {
    let name: Substring
    if rest.first == "<" {
      name = rest.dropFirst().prefix { $0 != ">" }
      guard name.endIndex < rest.endIndex else { return nil }
      rest = rest[rest.index(after: name.endIndex)...]
    } else {
      name = rest.prefix { $0.isLetter }
      rest = rest[name.endIndex...]
    }
    return name.isEmpty ? nil : String(name)
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private static func time(_ rest: inout Substring) -> Int? {
    var sign = 1
    if rest.first == "+" || rest.first == "-" { sign = rest.removeFirst() == "-" ? -1 : 1 }
    let text = rest.prefix { $0.isNumber || $0 == ":" }
    rest = rest[text.endIndex...]
    let parts = text.split(separator: ":").map { Int($0) }
    guard !parts.isEmpty, parts.count <= 3, !parts.contains(nil) else { return nil }
    let seconds = zip(parts, [3600, 60, 1]).reduce(0) { $0 + min($1.0 ?? 0, 1000) * $1.1 }
    return sign * seconds
  }

  private static func change(_ rest: inout Substring) -> Change? {
    guard rest.hasPrefix(",M") else { return nil }
    rest = rest.dropFirst(2)
    let text = rest.prefix { $0.isNumber || $0 == "." }
    rest = rest[text.endIndex...]
    let parts = text.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[0]), (1...5).contains(parts[1]),
      (0...6).contains(parts[2])
    else { return nil }
    var seconds = 7200
    if rest.first == "/" {
      rest = rest.dropFirst()
      guard let given = time(&rest) else { return nil }
      seconds = given
    }
    return Change(month: parts[0], week: parts[1], weekday: parts[2], seconds: seconds)
  }
}

import Formats
import Glibc

/// `{% now 'utc' + 'days=1,hours=-2', '%Y' %}`: the time now somewhere, moved, in a format.
enum NowTag {
  static let tag: ExtensionTag = {
    let read: ExtensionTag.Reader = { (parser) throws(TemplateError) in try Self.read(&parser) }
    let write: ExtensionTag.Writer = { (values, render) throws(TemplateError) in
      try Self.write(values, render)
    }
    return ExtensionTag(read: read, write: write)
  }()

  /// The zone, the sign and the offset (or nothing), and the format (or nothing).
  private static func read(_ parser: inout Parser) throws(TemplateError) -> [Expression] {
    let place = parser.current.position
    let nothing = Expression.literal(.none, place)
    let value = try parser.expression()
    var format = nothing
    if try parser.skip(.comma) { format = try parser.expression() }
    switch value {
    case .binary(.add, let zone, let offset, _):
      return [zone, .literal(.bool(true), place), offset, format]
    case .binary(.subtract, let zone, let offset, _):
      return [zone, .literal(.bool(false), place), offset, format]
    default: return [value, nothing, nothing, format]
    }
  }

  private static func write(_ values: [Value], _ render: Render) throws(TemplateError) -> Value {
    guard values.count == 4 else { throw .type("now takes a time zone and a format") }
    guard let name = values[0].text?.string else {
      throw .type("expected string or bytes-like object, got '\(values[0].typeName)'")
    }
    guard let zone = Zone(name) else {
      throw TemplateError(
        "ParserError", "Could not parse timezone expression \"{}\"', \(name)")
    }
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    let now = clock.tv_sec
    var offset = zone.offset(at: now)
    var wall = WallTime(seconds: now + offset.seconds, microsecond: clock.tv_nsec / 1000)
    if case .bool(let isForward) = values[1] {
      try shift(&wall, by: values[2], isForward)
      offset = zone.offset(onWall: wall.seconds)
    }
    var format = "%Y-%m-%d"
    switch values[3] {
    case .none: break
    case .string(let text), .markup(let text): format = text.string
    default:
      throw .type("strftime() argument 1 must be str, not \(values[3].typeName)")
    }
    return .text(wall.formatted(filled(format, wall, offset)))
  }

  /// What Python's `strftime` writes itself: `%f`, `%z` and `%Z`.
  private static func filled(
    _ format: String, _ wall: WallTime, _ offset: (seconds: Int, name: String)
  ) -> String {
    var result = ""
    var rest = format[...]
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      guard let kind = rest.popFirst() else {
        result += "%"
        break
      }
      switch kind {
      case "f":
        let digits = String(wall.microsecond)
        result += String(repeating: "0", count: max(0, 6 - digits.count)) + digits
      case "z":
        let minutes = abs(offset.seconds) / 60
        let two = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
        result += (offset.seconds < 0 ? "-" : "+") + two(minutes / 60) + two(minutes % 60)
      case "Z":
        result += offset.name.split(separator: "%", omittingEmptySubsequences: false)
          .joined(separator: "%%")
      default: result += "%" + String(kind)
      }
    }
    return result + rest
  }

  private static func shift(
    _ wall: inout WallTime, by value: Value, _ isForward: Bool
  ) throws(TemplateError) {
    guard let text = value.text?.string else {
      throw .attribute("'\(value.typeName)' object has no attribute 'split'")
    }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        throw .value(
          sides.count < 2
            ? "not enough values to unpack (expected 2, got 1)"
            : "too many values to unpack (expected 2)")
      }
      let unit = String(sides[0]).trimmingPythonSpace()
      let number = (isForward ? "+" : "-") + String(sides[1]).trimmingPythonSpace()
      guard let amount = PythonNumber.float(number), amount.magnitude < 1e12 else {
        throw .value("could not convert string to float: \(PythonText.repr(number))")
      }
      try move(&wall, unit, amount)
    }
    guard (1...9999).contains(wall.date.year) else {
      throw .value("year \(wall.date.year) is out of range")
    }
  }

  private static func move(
    _ wall: inout WallTime, _ unit: String, _ amount: Double
  ) throws(TemplateError) {
    let lengths: [String: Double] = [
      "weeks": 604_800, "days": 86_400, "hours": 3600, "minutes": 60, "seconds": 1,
      "microseconds": 0.000001,
    ]
    let months = ["years": 12, "quarters": 3, "months": 1]
    if let count = months[unit] {
      guard amount == amount.rounded(), amount.magnitude < 1_000_000 else {
        throw .value("Non-integer years and months are ambiguous and not currently supported.")
      }
      wall.add(months: Int(amount) * count)
    } else if let length = lengths[unit] {
      let total = (amount * length * 1_000_000).rounded() + Double(wall.microsecond)
      let seconds = (total / 1_000_000).rounded(.down)
      guard seconds.magnitude < 1e13 else { throw .overflow("date value out of range") }
      wall.seconds += Int(seconds)
      wall.microsecond = Int(total - seconds * 1_000_000)
    } else {
      throw .value(
        "Invalid shift time frame. Please select one of the following: year, month, day, hour, "
          + "minute, second, microsecond, years, months, days, hours, minutes, seconds, "
          + "microseconds, weeks, quarters, weekday.")
    }
  }
}

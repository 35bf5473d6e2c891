import Platform

/// `{% now 'utc' %}`, `{% now 'Asia/Seoul' + 'days=1,hours=-2', '%Y' %}`: the time, as cookiecutter's and jinja2_time's
/// `TimeExtension` write it.
package enum NowTag {
  /// What is written without a format.
  static let usualFormat: Text = "%Y-%m-%d"

  /// - Parameter clock: microseconds since 1970; tests stop it.
  package static func tag(
    clock: @escaping @Sendable () -> Int64 = { Clock.milliseconds() * 1000 }
  ) -> ExtensionTag {
    let read: ExtensionTag.Reader = { (parser) throws(TemplateError) -> [Expression] in
      try expressions(&parser)
    }
    let write: ExtensionTag.Writer = { (values, render) throws(TemplateError) -> Value in
      .string(try text(values, at: clock(), render))
    }
    return ExtensionTag(read: read, write: write)
  }

  /// The zone, the format, the operator and the offset. Only a sum that stands outermost is an offset.
  private static func expressions(_ parser: inout Parser) throws(TemplateError) -> [Expression] {
    let first = try parser.expression()
    let position = first.position
    var format = Expression.literal(Literal.none, position)
    if try parser.skip(.comma) { format = try parser.expression() }
    switch first {
    case .binary(.add, let zone, let offset, _):
      return [zone, format, .literal(.string("+"), position), offset]
    case .binary(.subtract, let zone, let offset, _):
      return [zone, format, .literal(.string("-"), position), offset]
    default: return [first, format]
    }
  }

  private static func text(
    _ values: [Value], at microseconds: Int64, _ render: Render
  ) throws(TemplateError) -> Text {
    var moment = Moment(
      microseconds: microseconds, in: try zone(values[0], at: microseconds, render))
    if values.count > 3 {
      moment = try moment.shifted(by: amounts(values[3], sign: values[2].text ?? "+"))
    }
    if values[1].isNone { return moment.formatted(usualFormat) }
    guard let format = values[1].text else {
      throw .type("strftime() argument 1 must be str, not \(values[1].typeName)")
    }
    return moment.formatted(format)
  }

  private static func zone(
    _ value: Value, at microseconds: Int64, _ render: Render
  ) throws(TemplateError) -> TimeZoneData {
    if value.isNone { return try Moment.zone("local", at: microseconds) }
    guard let name = value.text else {
      throw .type("expected string or bytes-like object, got '\(value.typeName)'")
    }
    return try Moment.zone(name.string, at: microseconds)
  }

  /// `days=1, hours=2`, each with the operator in front of its number.
  package static func amounts(
    _ value: Value, sign: Text
  ) throws(TemplateError) -> [(name: Text, value: Double)] {
    guard let text = value.text else {
      if case .undefined(let undefined) = value { throw undefined.error }
      throw .attribute("'\(value.typeName)' object has no attribute 'split'")
    }
    var amounts: [(name: Text, value: Double)] = []
    for part in text.split(by: ",") {
      let sides = part.split(by: "=")
      guard sides.count >= 2 else {
        throw .value("not enough values to unpack (expected 2, got 1)")
      }
      guard sides.count == 2 else { throw .value("too many values to unpack (expected 2)") }
      let number = sign + sides[1].stripped()
      guard let value = FloatText.parse(number) else {
        throw .value("could not convert string to float: \(TextRepr.quoted(number))")
      }
      let name = sides[0].stripped()
      amounts.removeAll { $0.name == name }
      amounts.append((name, value))
    }
    return amounts
  }
}

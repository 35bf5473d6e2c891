/// `str.translate` and `str.maketrans`.
enum Translation {
  static func translate(_ text: Text, _ table: Value, _ render: Render) throws(TemplateError)
    -> Value
  {
    var result: [UInt8] = []
    for point in text.codePoints {
      let found: Value?
      switch table {
      case .dict(let box): found = box.get(.int(Int(point)))
      case .list, .tuple, .string, .markup, .range:
        found = try render.itemIfAny(table, .int(Int(point)))
      case .undefined(let undefined): throw undefined.error
      default: throw .type("'\(table.typeName)' object is not subscriptable")
      }
      switch found {
      case nil: Text.append(point, to: &result)
      case .some(.none): continue
      case .some(.string(let text)), .some(.markup(let text)): result += text.bytes
      case .some(let value):
        guard let number = value.index else {
          throw .type("character mapping must return integer, None or str")
        }
        guard number >= 0, number < 0x110000 else {
          throw .value("character mapping must be in range(0x110000)")
        }
        Text.append(UInt32(number), to: &result)
      }
      try TextLimits.check(result.count)
    }
    return .string(Text(bytes: result))
  }

  static func table(_ values: [Value?], _ render: Render) throws(TemplateError) -> Value {
    let result = DictBox()
    guard values.count > 1 else {
      guard case .dict(let box) = values[0] else {
        throw .type("if you give only one argument to maketrans it must be a dict")
      }
      for (key, value) in zip(box.keys, box.values) {
        if let text = key.text {
          guard text.count == 1 else {
            throw .value("string keys in translate table must be of length 1")
          }
          result.set(.int(Int(text.codePoints[0])), value)
        } else if key.bigInteger != nil {
          result.set(key, value)
        } else {
          throw .type("keys in translate table must be strings or integers")
        }
      }
      return .dict(result)
    }
    guard let to = values[1]?.text else {
      throw .type("maketrans() argument 2 must be str, not \(StringMethods.shown(values[1]))")
    }
    if values.count > 2, values[2]?.text == nil {
      throw .type("maketrans() argument 3 must be str, not \(StringMethods.shown(values[2]))")
    }
    guard let from = values[0]?.text else {
      throw .type("first maketrans argument must be a string if there is a second argument")
    }
    guard from.count == to.count else {
      throw .value("the first two maketrans arguments must have equal length")
    }
    for (key, value) in zip(from.codePoints, to.codePoints) {
      result.set(.int(Int(key)), .int(Int(value)))
    }
    if values.count > 2 {
      let removed = values[2]?.text ?? .empty
      for point in removed.codePoints { result.set(.int(Int(point)), .none) }
    }
    return .dict(result)
  }
}

/// `str.encode`, for the encodings that templates can mean.
enum Encoding {
  static func encode(_ text: Text, _ values: [Value?]) throws(TemplateError) -> Value {
    var name: Text = "utf-8"
    var errors: Text = "strict"
    for (index, label) in ["encoding", "errors"].enumerated() {
      guard let value = values[index] else { continue }
      guard let given = value.text else {
        throw .type("encode() argument '\(label)' must be str, not \(StringMethods.shown(value))")
      }
      if index == 0 { name = given } else { errors = given }
    }
    let folded = name.lowered().string.filter { $0 != "-" && $0 != "_" }
    let limit: UInt32
    switch folded {
    case "utf8", "u8": return .object(BytesObject(text.bytes))
    case "ascii", "usascii": limit = 0x80
    case "latin1", "iso88591", "l1": limit = 0x100
    default: throw TemplateError("LookupError", "unknown encoding: \(name)")
    }
    var bytes: [UInt8] = []
    for (index, point) in text.codePoints.enumerated() {
      if point < limit {
        bytes.append(UInt8(point))
        continue
      }
      switch errors {
      case "ignore": continue
      case "replace": bytes.append(0x3F)
      case "backslashreplace": bytes += TextRepr.escaped(point).utf8
      case "xmlcharrefreplace": bytes += "&#\(point);".utf8
      case "strict":
        let codec = limit == 0x80 ? "ascii" : "latin-1"
        throw TemplateError(
          "UnicodeEncodeError",
          "'\(codec)' codec can't encode character '\(TextRepr.escaped(point))' in position "
            + "\(index): ordinal not in range(\(limit))")
      default: throw TemplateError("LookupError", "unknown error handler name '\(errors)'")
      }
    }
    return .object(BytesObject(bytes))
  }
}

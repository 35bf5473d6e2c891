import BigInt
import Formats

extension Render {
  /// `str(x)`.
  package func str(_ value: Value) throws(TemplateError) -> Text {
    switch value {
    case .string(let text), .markup(let text): return text
    case .undefined(let undefined): return try undefined.printed()
    case .object(let object): return try object.str(self)
    default: return try repr(value)
    }
  }

  /// `repr(x)`.
  package func repr(_ value: Value) throws(TemplateError) -> Text {
    switch value {
    case .string(let text): return Printing.repr(text)
    case .int(let number): return Text(String(number))
    case .bool(let flag): return flag ? "True" : "False"
    case .none: return "None"
    case .float(let number): return Text(PythonText.repr(number))
    case .bigInt(let box):
      // CPython refuses to write more than 4300 digits (sys.set_int_max_str_digits).
      guard box.value.magnitude.bitWidth < 14300 else { throw Render.tooManyDigits }
      let digits = String(box.value)
      guard digits.utf8.count - (box.value < 0 ? 1 : 0) <= 4300 else { throw Render.tooManyDigits }
      return Text(digits)
    default:
      var bytes: [UInt8] = []
      var open: [ObjectIdentifier] = []
      try appendRepr(value, to: &bytes, &open)
      return Text(bytes: bytes)
    }
  }

  private static var tooManyDigits: TemplateError {
    .value(
      "Exceeds the limit (4300 digits) for integer string conversion; use "
        + "sys.set_int_max_str_digits() to increase the limit")
  }

  private func appendRepr(
    _ value: Value, to bytes: inout [UInt8], _ open: inout [ObjectIdentifier]
  ) throws(TemplateError) {
    switch value {
    case .list(let box):
      try appendContainer(box, "[", "]", empty: "[...]", to: &bytes, &open) {
        (bytes, open) throws(TemplateError) in
        for (index, item) in box.items.enumerated() {
          if index > 0 { bytes += ", ".utf8 }
          try appendRepr(item, to: &bytes, &open)
        }
      }
    case .tuple(let box):
      try appendContainer(
        box, "(", box.items.count == 1 ? ",)" : ")", empty: "(...)", to: &bytes, &open
      ) { (bytes, open) throws(TemplateError) in
        for (index, item) in box.items.enumerated() {
          if index > 0 { bytes += ", ".utf8 }
          try appendRepr(item, to: &bytes, &open)
        }
      }
    case .dict(let box):
      // Python 3.11 prints an ordered dict as a list of pairs.
      guard !box.isOrdered || box.count > 0 else {
        bytes += "OrderedDict()".utf8
        return
      }
      try appendContainer(
        box, box.isOrdered ? "OrderedDict([" : "{", box.isOrdered ? "])" : "}",
        empty: box.isOrdered ? "..." : "{...}", to: &bytes, &open
      ) { (bytes, open) throws(TemplateError) in
        for index in 0..<box.count {
          if index > 0 { bytes += ", ".utf8 }
          if box.isOrdered { bytes += "(".utf8 }
          try appendRepr(box.keys[index], to: &bytes, &open)
          bytes += (box.isOrdered ? ", " : ": ").utf8
          try appendRepr(box.values[index], to: &bytes, &open)
          if box.isOrdered { bytes += ")".utf8 }
        }
      }
    case .range(let range): bytes += Printing.repr(range).utf8
    case .markup(let text):
      bytes += "Markup(".utf8
      bytes += Printing.repr(text).bytes
      bytes += ")".utf8
    case .undefined: bytes += "Undefined".utf8
    case .object(let object): bytes += try object.repr(self).bytes
    default: bytes += try repr(value).bytes
    }
    guard bytes.count <= limits.bytes else {
      throw .limit("a text gets larger than \(limits.bytes) bytes")
    }
  }

  private func appendContainer(
    _ box: AnyObject, _ start: String, _ end: String, empty: String, to bytes: inout [UInt8],
    _ open: inout [ObjectIdentifier],
    _ body: (inout [UInt8], inout [ObjectIdentifier]) throws(TemplateError) -> Void
  ) throws(TemplateError) {
    let identity = ObjectIdentifier(box)
    guard !open.contains(identity) else {
      bytes += empty.utf8
      return
    }
    guard open.count < 300 else {
      throw TemplateError(
        "RecursionError", "maximum recursion depth exceeded while getting the repr of an object")
    }
    open.append(identity)
    bytes += start.utf8
    try body(&bytes, &open)
    bytes += end.utf8
    open.removeLast()
  }

  /// `markupsafe.escape(x)`: the text with `& < > " '` as entities, or what `__html__` gives.
  package func escape(_ value: Value) throws(TemplateError) -> Text {
    switch value {
    case .markup(let text): return text
    case .string(let text): return Printing.escape(text)
    case .object(let object):
      if let html = try object.html(self) { return html }
    case .undefined(let undefined) where undefined.kind == .chainable: return .empty
    default: break
    }
    return Printing.escape(try str(value))
  }
}

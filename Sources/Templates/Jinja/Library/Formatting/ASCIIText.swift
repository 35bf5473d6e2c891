/// Texts with everything but ASCII escaped.
enum ASCIIText {
  /// What `ascii()` does to a `repr`: `\xe9`, `\u20ac`, `\U0001f600`.
  static func escaped(_ text: Text) -> Text {
    guard !text.isASCII else { return text }
    var result: [UInt8] = []
    for point in text.codePoints {
      if point < 0x80 {
        result.append(UInt8(point))
      } else {
        result += TextRepr.escaped(point).utf8
      }
    }
    return Text(bytes: result, count: result.count)
  }
}

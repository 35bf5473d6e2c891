import Compute

/// Texts that somebody may call CSV.
enum CSVSamples {
  private static let cells = [
    "1", "-2.5", "0", "1e3", "12345678901234567890", "", "NA", "x", "\"a,b\"", "\"two\nlines\"",
    "\"q\"\"q\"", "\"plain\"", "True", " 7 ", "5\" pipe", "inf", "-0", "한", ".5", "+3", "nan",
    "null",
    "-1.#IND", "\"\"", "\"12\"", "\"\r\n\"", "0.1234567890123456", "123456789.25", "1234567",
    "12345678", "-123456789012345678", "2024-03-01 12:34:56", "\"x\"y", "-", "1.2.3", "\"5\"0",
    "9007199254740993", "0.000001", "-0.0", "5.", ".", "None", "#N/A N/A", "\"NA\"", "\"é\"",
  ]

  /// A text of several columns, of a few kinds of cells each.
  static func text(_ stream: inout RandomStream) -> [UInt8] {
    func pick<Value>(_ values: [Value]) -> Value { values[stream.integer(below: values.count)] }
    func once(in count: Int) -> Bool { stream.integer(below: count) == 0 }
    let width = 1 + stream.integer(below: 5)
    let end = Array(pick(["\n", "\n", "\r\n", "\r"]).utf8)
    let own = (0..<width).map { _ in
      (0..<1 + stream.integer(below: 4)).map { _ in Array(pick(cells).utf8) }
    }
    var text: [UInt8] = once(in: 6) ? [0xEF, 0xBB, 0xBF] : []
    if once(in: 9) { text += end }
    text += Array(
      (0..<width).map { once(in: 9) ? "\"c\n\($0)\"" : "c\($0)" }.joined(separator: ",").utf8)
    if once(in: 30) { return text }
    text += end
    for _ in 0..<stream.integer(below: 60) {
      if once(in: 12) { text += (once(in: 2) ? [] : [0x20, 0x09]) + end }
      var cells = own.map { pick($0) }
      if once(in: 60) { cells[stream.integer(below: width)] = huge(&stream) }
      text += Array(cells.joined(separator: [UInt8(ascii: ",")])) + end
    }
    // A row that is not like the others, text that is not UTF-8, a quote that is never closed.
    if once(in: 8) { text += Array("1,2,3,4,5,6".utf8) + end + Array("x".utf8) }
    if once(in: 8) {
      text += Array(repeating: [0x61, 0xFF], count: width).joined(separator: [0x2C]) + end
    }
    if once(in: 10) { text += Array("\"open,1".utf8) + end }
    if once(in: 3), !text.isEmpty { text.removeLast() }
    return text
  }

  /// A field that is longer than most parts.
  private static func huge(_ stream: inout RandomStream) -> [UInt8] {
    let size = 1 + stream.integer(below: 9000)
    let isQuoted = stream.integer(below: 2) == 0
    let letters = isQuoted ? Array("ab\n,\r".utf8) : Array("abé".utf8.prefix(2))
    let body = (0..<size).map { _ in letters[stream.integer(below: letters.count)] }
    return isQuoted ? [0x22] + body + [0x22] : body
  }

  /// The bytes of a text in disorder.
  static func broken(_ text: [UInt8], _ stream: inout RandomStream) -> [UInt8] {
    let words =
      [",", "\"", "\n", "\r", "\r\n", " ", "\"\"", "x", "1", "\u{FEFF}"].map { Array($0.utf8) } + [
        [0xFF], [0],
      ]
    var text = text
    for _ in 0..<1 + stream.integer(below: 4) {
      let place = stream.integer(below: text.count + 1)
      let end = min(text.count, place + stream.integer(below: 3))
      text.replaceSubrange(place..<end, with: words[stream.integer(below: words.count)])
    }
    return text
  }
}

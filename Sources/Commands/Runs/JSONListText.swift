import Formats

/// A long JSON list, written some values at a time: the same text as that of the whole list, indented, keys sorted.
struct JSONListText {
  private var isBegun = false

  /// The text of the next values, with what has to stand in front of them.
  mutating func text(of values: [JSONValue]) -> [UInt8] {
    guard !values.isEmpty else { return [] }
    // The list's own text but for its first `[` and the `\n]` at its end.
    let text = JSONValue.array(values).text(.indented, sortingKeys: true).utf8
    let head: UInt8 = isBegun ? UInt8(ascii: ",") : UInt8(ascii: "[")
    isBegun = true
    return [head] + text.dropFirst().dropLast(2)
  }

  /// What closes the list, with a line end.
  var end: [UInt8] { Array((isBegun ? "\n]\n" : "[]\n").utf8) }
}

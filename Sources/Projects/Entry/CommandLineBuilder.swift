import Formats

/// Joins the pieces of a command, leaving out the options of parameters without a value.
struct CommandLineBuilder {
  /// Names of parameters that have no value.
  let absent: Set<String>
  private var text: [UInt8] = []
  /// Where the option of a placeholder without value begins, until the next piece tells whether a word ends here.
  private var pending: Int?

  init(absent: Set<String>) { self.absent = absent }

  mutating func add(_ piece: PythonFormat.Piece) {
    switch piece {
    case .value(let name, _) where absent.contains(name):
      pending = Self.optionStart(before: text[...])
    case .value(_, let part), .literal(let part):
      guard !part.isEmpty else { return }
      settle(next: part.utf8.first)
      text += part.utf8
    }
  }

  mutating func finished() -> String {
    settle(next: nil)
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func settle(next: UInt8?) {
    defer { pending = nil }
    guard let pending, next.map(Self.endsWord) ?? true else { return }
    text.removeSubrange(pending...)
  }

  /// Where `--name ` or `--name=` at the end of the text begins, when it is a word of its own.
  private static func optionStart(before text: ArraySlice<UInt8>) -> Int? {
    var end = text.endIndex
    if end > 0, text[end - 1] == UInt8(ascii: "=") {
      end -= 1
    } else {
      while end > 0, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
      if end == text.endIndex { return nil }
    }
    var start = end
    while start > 0, isOptionCharacter(text[start - 1]) { start -= 1 }
    guard start < end, text[start] == UInt8(ascii: "-"),
      text[start..<end].contains(where: { $0 != UInt8(ascii: "-") }),
      start == 0 || endsWord(text[start - 1])
    else { return nil }
    return start
  }

  private static func isOptionCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"),
      UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "("):
      true
    default: false
    }
  }
}

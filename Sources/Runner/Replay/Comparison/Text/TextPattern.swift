/// What ``TextNormaliser`` knows: each function looks at one place of a text, where no word is under way.
enum TextPattern {
  /// What is left out, and what stands for it.
  struct Match {
    /// What is before it stays.
    var start: Int
    var end: Int
    var placeholder: [UInt8]

    init(start: Int, end: Int, placeholder: some Sequence<UInt8>) {
      self.start = start
      self.end = end
      self.placeholder = Array(placeholder)
    }

    init(_ start: Int, _ end: Int, _ word: String) {
      self.init(start: start, end: end, placeholder: "<\(word)>".utf8)
    }
  }

  /// A UUID, or 32 hexadecimal digits with a letter among them.
  static func id(_ text: ByteText, _ place: Int) -> Match? {
    let count = text.hexDigits(place)
    if count == 32 {
      let digits = text.bytes[place..<place + 32]
      let isNumber = digits.allSatisfy { $0 < 0x3A }
      return isNumber || text.isInWord(place + 32) ? nil : Match(place, place + 32, "id")
    }
    guard count == 8 else { return nil }
    var end = place + 8
    for length in [4, 4, 4, 12] {
      guard text[end] == 0x2D, text.hexDigits(end + 1) == length else { return nil }
      end += 1 + length
    }
    return text.isInWord(end) || text[end] == 0x2D ? nil : Match(place, end, "id")
  }

  /// `0x` and as many digits as addresses have: 9 to 12, or 16 with zeros in front; after `at`, where Python puts them, 6.
  static func address(_ text: ByteText, _ place: Int) -> Match? {
    guard text[place] == 0x30, text[place + 1] | 0x20 == 0x78 else { return nil }
    let count = text.hexDigits(place + 2)
    let end = place + 2 + count
    let isLong = (9...12).contains(count) || count == 16 && text.has("0000".utf8, at: place + 2)
    let isTold =
      (6...16).contains(count) && text.has("at ".utf8, at: place - 3) && !text.isInWord(place - 4)
    return (isLong || isTold) && !text.isInWord(end) ? Match(place, end, "address") : nil
  }

  /// A folder for what is temporary, with the name in it.
  static func temporary(_ text: ByteText, _ place: Int) -> Match? {
    guard text[place] == 0x2F else { return nil }
    var start: Int?
    for folder in ["/tmp/", "/var/tmp/", "/private/tmp/", "/dev/shm/"]
    where text.has(folder.utf8, at: place) {
      start = place + folder.utf8.count
    }
    if text.has("/var/folders/".utf8, at: place)
      || text.has("/private/var/folders/".utf8, at: place)
    {
      // Two folders with names of their own, then one of a letter.
      var end = place
      for _ in 0..<(text[place + 1] == 0x70 ? 6 : 5) {
        end += 1
        while text[end] != 0x2F, isPathByte(text[end]) { end += 1 }
      }
      if text[end] == 0x2F { start = end + 1 }
    }
    guard let start else { return nil }
    var end = start
    while isPathByte(text[end]) { end += 1 }
    // A dot or a colon at the end belongs to the sentence.
    while end > start, [0x2E, 0x3A].contains(text[end - 1]) { end -= 1 }
    return end > start ? Match(place, end, "tmp") : nil
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    ByteText.isNameByte(byte) || [0x2E, 0x2B, 0x3D, 0x40, 0x25, 0x7E].contains(byte)
  }

  /// The number behind the word `pid`.
  static func process(_ text: ByteText, _ place: Int) -> Match? {
    guard text[place] | 0x20 == 0x70, text[place + 1] | 0x20 == 0x69, text[place + 2] | 0x20 == 0x64
    else { return nil }
    var start = place + 3
    while start < place + 6, [0x20, 0x3A, 0x3D, 0x23].contains(text[start]) { start += 1 }
    guard start > place + 3, let (_, end) = text.number(start, digits: 1...8),
      !text.isInWord(end), text[end] != 0x2E || !text.isDigit(end + 1)
    else { return nil }
    return Match(start, end, "pid")
  }
}

/// What a text for `%` asks for (Python's library reference, "printf-style String Formatting").
struct PercentFormat {
  enum Problem: Error { case unknownLetter(String), incomplete }

  var keys: Set<String> = []
  var positions = 0
  /// A width or a precision is an argument.
  var hasStar = false

  init(_ text: [UInt8]) throws(Problem) {
    var index = 0
    func peek() -> UInt8? { index < text.count ? text[index] : nil }
    func quantity() -> Bool {
      if peek() == UInt8(ascii: "*") {
        index += 1
        return true
      }
      while let byte = peek(), byte &- 0x30 < 10 { index += 1 }
      return false
    }
    while index < text.count {
      guard text[index] == UInt8(ascii: "%") else {
        index += 1
        continue
      }
      index += 1
      if peek() == UInt8(ascii: "%") {
        index += 1
        continue
      }
      var key: String?
      if peek() == UInt8(ascii: "(") {
        index += 1
        let start = index
        var depth = 1
        while depth > 0 {
          guard let byte = peek() else { throw .incomplete }
          if byte == UInt8(ascii: "(") { depth += 1 }
          if byte == UInt8(ascii: ")") { depth -= 1 }
          index += 1
        }
        key = String(decoding: text[start..<(index - 1)], as: UTF8.self)
      }
      while let byte = peek(), "#0- +".utf8.contains(byte) { index += 1 }
      var stars = quantity() ? 1 : 0
      if peek() == UInt8(ascii: ".") {
        index += 1
        if quantity() { stars += 1 }
      }
      if let byte = peek(), "hlL".utf8.contains(byte) { index += 1 }
      guard let letter = peek() else { throw .incomplete }
      index += 1
      guard "diuoxXeEfFgGcrsa".utf8.contains(letter) else {
        throw .unknownLetter(String(UnicodeScalar(letter)))
      }
      if let key { keys.insert(key) } else { positions += 1 }
      positions += stars
      if stars > 0 { hasStar = true }
    }
  }
}

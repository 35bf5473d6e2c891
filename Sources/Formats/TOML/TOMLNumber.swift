/// The plain words of TOML that are no dates.
enum TOMLNumber {
  static func value(_ word: ArraySlice<UInt8>) -> TOMLValue? {
    let text = String(decoding: word, as: UTF8.self)
    switch text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    default: break
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(prefix) {
      let digits = text.utf8.dropFirst(2)
      guard let plain = plainDigits(digits, { digit($0).map { $0 < radix } ?? false }) else {
        return nil
      }
      return Int64(plain, radix: radix).map { .int($0) }
    }
    var rest = word[...]
    var sign = ""
    if let first = rest.first, first == 0x2B || first == 0x2D {
      if first == 0x2D { sign = "-" }
      rest = rest.dropFirst()
    }
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    let whole = rest.prefix { isDigit($0) || $0 == 0x5F }
    guard let wholeText = plainDigits(whole, isDigit), wholeText == "0" || !wholeText.hasPrefix("0")
    else { return nil }
    rest = rest.dropFirst(whole.count)
    if rest.isEmpty { return Int64(sign + wholeText).map { .int($0) } }
    var number = sign + wholeText
    if rest.first == 0x2E {
      let part = rest.dropFirst().prefix { isDigit($0) || $0 == 0x5F }
      guard let text = plainDigits(part, isDigit) else { return nil }
      number += "." + text
      rest = rest.dropFirst(1 + part.count)
    }
    if rest.first == 0x65 || rest.first == 0x45 {
      rest = rest.dropFirst()
      number += "e"
      if let first = rest.first, first == 0x2B || first == 0x2D {
        number += first == 0x2D ? "-" : ""
        rest = rest.dropFirst()
      }
      guard let text = plainDigits(rest.prefix { isDigit($0) || $0 == 0x5F }, isDigit) else {
        return nil
      }
      number += text
      rest = rest.drop { isDigit($0) || $0 == 0x5F }
    }
    guard rest.isEmpty else { return nil }
    return Double(number).map { .float($0) }
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x37
    case 0x61...0x66: Int(byte) - 0x57
    default: nil
    }
  }

  /// Digits without the `_` between them; nil where one stands elsewhere, or another character does.
  private static func plainDigits(
    _ word: some BidirectionalCollection<UInt8>, _ isDigit: (UInt8) -> Bool
  ) -> String? {
    guard let first = word.first, first != 0x5F, word.last != 0x5F else { return nil }
    var text: [UInt8] = []
    var last: UInt8 = 0
    for byte in word {
      if byte == 0x5F {
        if last == 0x5F { return nil }
      } else {
        guard isDigit(byte) else { return nil }
        text.append(byte)
      }
      last = byte
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Dates and times of TOML (RFC 3339).
enum TOMLDate {
  /// `1979-05-27`, with a month and a day that there are.
  static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
    let text = Array(word)
    guard text.count == 10, text[4] == 0x2D, text[7] == 0x2D, let year = number(text[0..<4]),
      let month = number(text[5..<7]), let day = number(text[8..<10]), month >= 1, month <= 12,
      year >= 1
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day >= 1 && day <= days[month - 1]
  }

  /// `07:32:00.5`.
  private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
    let text = Array(word)
    guard text.count >= 8, text[2] == 0x3A, text[5] == 0x3A, let hour = number(text[0..<2]),
      let minute = number(text[3..<5]), let second = number(text[6..<8]), hour < 24, minute < 60,
      second < 60
    else { return false }
    guard text.count > 8 else { return true }
    return text[8] == 0x2E && text.count > 9 && number(text[9...].prefix(15)) != nil
      && text[9...].allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  static func isValid(_ word: ArraySlice<UInt8>) -> Bool {
    if isDate(word) || isTime(word) { return true }
    guard word.count > 11, isDate(word.prefix(10)) else { return false }
    let sign = word[word.startIndex + 10]
    guard sign == 0x54 || sign == 0x74 || sign == 0x20 else { return false }
    var time = word.dropFirst(11)
    if time.last == 0x5A || time.last == 0x7A {
      time = time.dropLast()
    } else if time.count > 6, time[time.endIndex - 3] == 0x3A,
      [0x2B, 0x2D].contains(time[time.endIndex - 6])
    {
      let offset = Array(time.suffix(5))
      guard let hour = number(offset[0..<2]), let minute = number(offset[3..<5]), hour < 24,
        minute < 60
      else { return false }
      time = time.dropLast(6)
    }
    return isTime(time)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return digits.reduce(0) { $0 &* 10 &+ Int($1 - 0x30) }
  }
}

import BigInt

/// Reads the numbers that Jinja2's lexer knows: `1_000`, `0x1F`, `1.5`, `1e3`.
struct NumberScanner {
  let source: [UInt8]
  let start: Int

  init(_ source: [UInt8], _ start: Int) {
    self.source = source
    self.start = start
  }

  private func byte(_ index: Int) -> UInt8 { index < source.count ? source[index] : 0 }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Digits with single underscores between them; nil when there is none.
  private func endOfDigits(_ index: Int) -> Int? {
    guard Self.isDigit(byte(index)) else { return nil }
    var end = index + 1
    while true {
      if Self.isDigit(byte(end)) {
        end += 1
      } else if byte(end) == UInt8(ascii: "_"), Self.isDigit(byte(end + 1)) {
        end += 2
      } else {
        return end
      }
    }
  }

  /// Where a float ends that starts here; nil when it is none.
  func endOfFloat() -> Int? {
    guard var end = endOfDigits(start) else { return nil }
    var isFloat = false
    if byte(end) == UInt8(ascii: "."), let fraction = endOfDigits(end + 1) {
      end = fraction
      isFloat = true
    }
    if byte(end) | 0x20 == UInt8(ascii: "e") {
      let hasSign = byte(end + 1) == UInt8(ascii: "+") || byte(end + 1) == UInt8(ascii: "-")
      if let exponent = endOfDigits(end + (hasSign ? 2 : 1)) {
        end = exponent
        isFloat = true
      }
    }
    return isFloat ? end : nil
  }

  /// Where an integer ends that starts here.
  func endOfInteger() -> Int {
    if byte(start) == UInt8(ascii: "0") {
      let isFine: ((UInt8) -> Bool)? =
        switch byte(start + 1) | 0x20 {
        case UInt8(ascii: "b"): { $0 == 0x30 || $0 == 0x31 }
        case UInt8(ascii: "o"): { $0 >= 0x30 && $0 <= 0x37 }
        case UInt8(ascii: "x"):
          { Self.isDigit($0) || ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "f")) }
        default: nil
        }
      if let isFine, let end = run(from: start + 2, mayStartWithUnderscore: true, isFine) {
        return end
      }
      return run(from: start + 1, mayStartWithUnderscore: true) { $0 == 0x30 } ?? start + 1
    }
    return endOfDigits(start) ?? start
  }

  private func run(
    from first: Int, mayStartWithUnderscore: Bool, _ isFine: (UInt8) -> Bool
  ) -> Int? {
    var end = first
    while true {
      if isFine(byte(end)), end < source.count {
        end += 1
      } else if byte(end) == UInt8(ascii: "_"), end + 1 < source.count, isFine(byte(end + 1)) {
        end += 2
      } else {
        return end > first ? end : nil
      }
    }
  }

  private func digits(_ first: Int, _ end: Int) -> String {
    String(decoding: source[first..<end].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
  }

  func float(to end: Int) -> Double { Double(digits(start, end)) ?? 0 }

  /// Nil when the number has more decimal digits than CPython reads.
  func integer(to end: Int) -> Literal? {
    let radix: Int =
      switch byte(start) == UInt8(ascii: "0") && end > start + 1 ? byte(start + 1) | 0x20 : 0 {
      case UInt8(ascii: "b"): 2
      case UInt8(ascii: "o"): 8
      case UInt8(ascii: "x"): 16
      default: 10
      }
    let text = digits(radix == 10 ? start : start + 2, end)
    if let small = Int(text, radix: radix) { return .int(small) }
    if radix == 10, text.utf8.count > 4300 { return nil }
    guard text.utf8.count <= 400_000, let big = BigInt(text, radix: radix) else { return nil }
    return .bigInt(big)
  }
}

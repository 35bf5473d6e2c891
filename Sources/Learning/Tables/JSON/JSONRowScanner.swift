import Compute

/// Goes through an object of plain values in a line: keys and text without escapes, numbers, `true`, `false` and `null`.
///
/// What it takes, the JSON parser takes in the same way; what it does not take is left to that.
struct JSONRowScanner {
  private let end: UnsafePointer<UInt8>?
  private var at: UnsafePointer<UInt8>?

  init(_ line: UnsafeBufferPointer<UInt8>) {
    at = line.baseAddress
    end = line.baseAddress.map { $0 + line.count }
  }

  /// False for what is not taken; some members may have been added then.
  func scan(into members: inout [JSONRow.Member]) -> Bool {
    guard var at, let end else { return false }
    guard Self.skip(0x7B, &at, end) else { return false }
    if Self.skip(0x7D, &at, end) { return Self.isBlank(at, end) }
    while true {
      Self.skipSpace(&at, end)
      guard let key = Self.text(&at, end), Self.skip(0x3A, &at, end) else { return false }
      Self.skipSpace(&at, end)
      guard let value = Self.value(&at, end) else { return false }
      members.append(JSONRow.Member(key: .bytes(key), value: value))
      if Self.skip(0x2C, &at, end) { continue }
      return Self.skip(0x7D, &at, end) && Self.isBlank(at, end)
    }
  }

  private typealias Place = UnsafePointer<UInt8>

  @inline(__always)
  private static func skipSpace(_ at: inout Place, _ end: Place) {
    while at < end, at[0] == 0x20 || at[0] == 0x09 || at[0] == 0x0D { at += 1 }
  }

  /// Space, and the byte; false when it is another one.
  @inline(__always)
  private static func skip(_ byte: UInt8, _ at: inout Place, _ end: Place) -> Bool {
    skipSpace(&at, end)
    guard at < end, at[0] == byte else { return false }
    at += 1
    return true
  }

  private static func isBlank(_ at: Place, _ end: Place) -> Bool {
    var at = at
    skipSpace(&at, end)
    return at == end
  }

  /// What stands between two quotes.
  @inline(__always)
  private static func text(_ at: inout Place, _ end: Place) -> UnsafeBufferPointer<UInt8>? {
    guard at < end, at[0] == UInt8(ascii: "\"") else { return nil }
    at += 1
    let start = at
    var all: UInt8 = 0
    while at < end, at[0] != UInt8(ascii: "\"") {
      guard at[0] >= 0x20, at[0] != UInt8(ascii: "\\") else { return nil }
      all |= at[0]
      at += 1
    }
    guard at < end else { return nil }
    let text = UnsafeBufferPointer(start: start, count: at - start)
    at += 1
    return all < 0x80 || UTF8Bytes.areValid(text) ? text : nil
  }

  @inline(__always)
  private static func value(_ at: inout Place, _ end: Place) -> JSONRow.Value? {
    guard at < end else { return nil }
    switch at[0] {
    case UInt8(ascii: "\""): return text(&at, end).map { .text($0) }
    case UInt8(ascii: "t"): return word("true", .truth(true), &at, end)
    case UInt8(ascii: "f"): return word("false", .truth(false), &at, end)
    case UInt8(ascii: "n"): return word("null", .missing, &at, end)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number(&at, end)
    default: return nil
    }
  }

  private static func word(
    _ word: StaticString, _ value: JSONRow.Value, _ at: inout Place, _ end: Place
  ) -> JSONRow.Value? {
    let count = word.utf8CodeUnitCount
    guard end - at >= count else { return nil }
    for index in 0..<count where at[index] != word.utf8Start[index] { return nil }
    at += count
    return value
  }

  /// A number of at most 20 digits before the point; what stands behind it is not looked at.
  @inline(__always)
  private static func number(_ at: inout Place, _ end: Place) -> JSONRow.Value? {
    let start = at
    let isNegative = at[0] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let digits = at
    var whole: Int64 = 0
    while at < end, at[0] &- 0x30 < 10 {
      whole = whole &* 10 &+ Int64(at[0] & 15)
      at += 1
    }
    let count = at - digits
    guard count > 0, count <= 20, count == 1 || digits[0] != 0x30 else { return nil }
    if count > 18 { return long(start, at, end) }
    guard at < end, at[0] == UInt8(ascii: ".") || at[0] | 0x20 == UInt8(ascii: "e") else {
      return .whole(isNegative ? -whole : whole)
    }
    if at[0] == UInt8(ascii: ".") {
      at += 1
      guard skipDigits(&at, end) else { return nil }
    }
    if at < end, at[0] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < end, at[0] == UInt8(ascii: "-") || at[0] == UInt8(ascii: "+") { at += 1 }
      guard skipDigits(&at, end) else { return nil }
    }
    switch Cell(UnsafeBufferPointer(start: start, count: at - start)) {
    case .number(let value), .whole(let value): return .number(value)
    case .missing, .text: return nil
    }
  }

  /// A whole number of 64 bits; all else is left to others.
  @inline(never)
  private static func long(_ start: Place, _ at: Place, _ end: Place) -> JSONRow.Value? {
    guard at == end || ![UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(at[0])
    else { return nil }
    let text = String(decoding: UnsafeBufferPointer(start: start, count: at - start), as: UTF8.self)
    return Int64(text).map { .whole($0) } ?? UInt64(text).map { .unsigned($0) }
  }

  @inline(__always)
  private static func skipDigits(_ at: inout Place, _ end: Place) -> Bool {
    let start = at
    while at < end, at[0] &- 0x30 < 10 { at += 1 }
    return at > start
  }
}

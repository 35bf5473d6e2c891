import Platform

/// The lines `key=value` of one part of a LightGBM file, with their numbers.
struct LightGBMLines {
  /// Such as `tree 3`, for messages.
  let part: String
  private var values: [Substring: (value: Substring, line: Int)] = [:]

  init(part: String) { self.part = part }

  /// Takes a line; one without `=` is a key with an empty value.
  mutating func add(_ text: Substring, line: Int) {
    let end = text.firstIndex(of: "=") ?? text.endIndex
    let value = end < text.endIndex ? text[text.index(after: end)...] : ""
    values[text[..<end]] = (value, line)
  }

  func has(_ key: Substring) -> Bool { values[key] != nil }

  func text(_ key: Substring) -> Substring? { values[key]?.value }

  func required(_ key: Substring) throws(ParseFailure) -> Substring {
    guard let value = text(key) else { throw ParseFailure("\(part) has no `\(key)`") }
    return value
  }

  func failure(_ message: String, _ key: Substring) -> ParseFailure {
    ParseFailure("`\(key)` of \(part) \(message)", line: values[key]?.line)
  }

  func integer(_ key: Substring, in range: ClosedRange<Int>) throws(ParseFailure) -> Int {
    guard let number = Int(try required(key)), range.contains(number) else {
      throw failure(
        "is no whole number from \(range.lowerBound) to \(range.upperBound)", key)
    }
    return number
  }

  /// Whole numbers, `count` of them; nil where there is no such line, or an empty one.
  func integers(_ key: Substring, count: Int?) throws(ParseFailure) -> [Int64]? {
    try list(key, count: count) { Int64($0) }
  }

  /// Numbers that are not NaN.
  func numbers(_ key: Substring, count: Int) throws(ParseFailure) -> [Double]? {
    try list(key, count: count) { Double($0).flatMap { $0.isNaN ? nil : $0 } }
  }

  private func list<T>(
    _ key: Substring, count: Int?, _ read: (Substring) -> T?
  ) throws(ParseFailure) -> [T]? {
    guard let text = text(key), !text.isEmpty else { return nil }
    var numbers: [T] = []
    for word in text.utf8.split(separator: UInt8(ascii: " ")).map({ Substring($0) }) {
      guard let number = read(word) else {
        throw failure("holds `\(word.prefix(20))`, which is no number", key)
      }
      numbers.append(number)
    }
    guard count == nil || numbers.count == count else {
      throw failure("has \(numbers.count) numbers, not \(count ?? 0)", key)
    }
    return numbers
  }
}

import Glibc

/// What the text of one table cell says, by pandas' rules.
package enum Cell: Sendable, Hashable {
  /// One of the words that pandas' `read_csv` takes for a missing value by default, the empty text
  /// included.
  case missing
  /// Digits with an optional sign that fit a signed 64-bit integer.
  case whole(Double)
  /// Any other decimal number, larger integers included, or an infinity.
  case number(Double)
  case text

  /// Spaces and tabs around a number do not count; around a word they do.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first else {
      self = .missing
      return
    }
    // Letters can start no finite number.
    if first < 0x40, let number = DecimalScanner.scan(bytes) {
      self = number
    } else if Self.missingWord(bytes) != nil {
      self = .missing
    } else if let infinity = Self.infinity(bytes) {
      self = .number(infinity)
    } else {
      self = .text
    }
  }

  /// The same for text that is at hand as a string.
  package init(_ text: String) {
    var text = text
    self = text.withUTF8 { Cell($0) }
  }
}

extension Cell {
  /// The words that stand for a missing value, the empty one first: pandas 3's `STR_NA_VALUES`.
  package static let missingWords: [StaticString] = [
    "", "NA", "NaN", "N/A", "NULL", "None", "nan", "null", "n/a", "#N/A", "#N/A N/A", "#NA", "<NA>",
    "-nan", "-NaN", "-1.#IND", "-1.#QNAN", "1.#IND", "1.#QNAN",
  ]

  /// Which of ``missingWords`` this is; nil when it is none.
  @inline(__always)
  static func missingWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let first = bytes.first else { return 0 }
    guard bytes.count <= 8 else { return nil }
    switch first {
    case UInt8(ascii: "N"): return missingWord(bytes, 1...5)
    case UInt8(ascii: "n"): return missingWord(bytes, 6...8)
    case UInt8(ascii: "#"): return missingWord(bytes, 9...11)
    case UInt8(ascii: "<"): return missingWord(bytes, 12...12)
    case UInt8(ascii: "-"): return missingWord(bytes, 13...16)
    case UInt8(ascii: "1"): return missingWord(bytes, 17...18)
    default: return nil
    }
  }

  private static func missingWord(
    _ bytes: UnsafeBufferPointer<UInt8>, _ places: ClosedRange<Int>
  ) -> Int? {
    guard let start = bytes.baseAddress else { return nil }
    return places.first { place in
      let word = missingWords[place]
      return word.utf8CodeUnitCount == bytes.count
        && memcmp(word.utf8Start, start, bytes.count) == 0
    }
  }

  private static func infinity(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = bytes.first else { return nil }
    let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    let word = bytes.dropFirst(isSigned ? 1 : 0)
    guard word.count == 3 || word.count == 8 else { return nil }
    let lower = word.map { $0 | 0x20 }
    guard lower == Array("inf".utf8) || lower == Array("infinity".utf8) else { return nil }
    return first == UInt8(ascii: "-") ? -.infinity : .infinity
  }
}

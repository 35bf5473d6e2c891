import Platform

/// Puts a column of text together cell by cell, from a source that says by itself which cells are missing: there the words `NA`
/// and none at all are text like any other.
package struct TextBuilder {
  package let name: String
  private var codes: [Int32] = []
  private let words = WordTable()

  /// - Parameter rows: how many there will be, about.
  package init(name: String, rows: Int = 0) {
    self.name = name
    codes.reserveCapacity(rows)
  }

  package var count: Int { codes.count }

  /// The code of a text, for the cells that have it.
  ///
  /// - Throws: ``ParseFailure`` for text that is not UTF-8.
  package func code(of text: UnsafeBufferPointer<UInt8>) throws(ParseFailure) -> Int32 {
    guard let (code, isNew) = words.code(of: text) else {
      throw ParseFailure("column `\(name)` has too many different values")
    }
    if isNew, String(validating: text, as: UTF8.self) == nil {
      throw ParseFailure("column `\(name)` holds bytes that are no text in UTF-8")
    }
    return code
  }

  /// Adds a cell: -1 for one that is missing.
  @inline(__always)
  package mutating func append(code: Int32) { codes.append(code) }

  package mutating func append(_ text: UnsafeBufferPointer<UInt8>) throws(ParseFailure) {
    codes.append(try code(of: text))
  }

  package mutating func append(_ text: String) throws(ParseFailure) {
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBufferPointer { (bytes) throws(ParseFailure) in try append(bytes) }
  }

  /// Adds cells that stand for some words.
  package mutating func append(_ codes: [Int32], of words: [String]) throws(ParseFailure) {
    var known: [Int32] = []
    for word in words {
      let bytes = Array(word.utf8)
      known.append(
        try bytes.withUnsafeBufferPointer { (bytes) throws(ParseFailure) in try code(of: bytes) })
    }
    self.codes.append(contentsOf: codes.lazy.map { $0 < 0 ? -1 : known[Int($0)] })
  }

  package mutating func append(missing count: Int) {
    codes.append(contentsOf: repeatElement(-1, count: count))
  }

  /// The column; its categories are those that cells have, in the order of their first appearance.
  package consuming func finish() -> Column {
    var order: [Int32] = []
    var places = [Int32](repeating: -1, count: words.count)
    for row in codes.indices where codes[row] >= 0 {
      let code = Int(codes[row])
      if places[code] < 0 {
        places[code] = Int32(order.count)
        order.append(codes[row])
      }
      codes[row] = places[code]
    }
    let categories = order.map { String(decoding: words.value(Int($0)), as: UTF8.self) }
    return Column(name: name, kind: .text, values: .codes(codes, categories: categories))
  }
}

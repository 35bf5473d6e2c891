import Compute
import Formats
import Patterns

/// Says of single cells whether they pass a test.
struct CellJudge {
  private let test: RowTest
  private let matcher: PatternMatcher?
  private let format: TimeFormat?

  init(_ test: RowTest, _ pattern: Pattern?) {
    self.test = test
    matcher = pattern.map { PatternMatcher($0) }
    switch test {
    case .dateFormat(_, let text): format = TimeFormat(text)
    case .type(_, .dateTime(let text?)): format = TimeFormat(text)
    case .type(_, .dateTime(nil)): format = .iso
    case .type(_, .date): format = TimeFormat("%Y-%m-%d")
    default: format = nil
    }
  }

  /// Of each word, which of these pass.
  func passes(_ cells: TextCells) -> [Bool] {
    func all(_ passes: (UnsafeBufferPointer<UInt8>) -> Bool) -> [Bool] {
      (0..<cells.wordCount).map { passes(cells.word($0)) }
    }
    switch test {
    case .type(_, .string), .type(_, .category), .type(_, .image), .holds:
      return Array(repeating: true, count: cells.wordCount)
    case .pattern:
      guard let matcher else { return all { _ in false } }
      return all { matcher.isMatch(in: $0) }
    case .length(_, let bounds): return all { bounds.contains(Double(Self.length($0))) }
    case .dateFormat, .type(_, .date), .type(_, .dateTime):
      guard let format else { return all { _ in false } }
      return all { format.seconds($0) != nil }
    case .type, .range, .inSet: return all(passes)
    }
  }

  /// In scalars, which end where no byte follows that continues one.
  private static func length(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var length = 0
    for byte in bytes { length &+= byte & 0xC0 == 0x80 ? 0 : 1 }
    return length
  }

  /// Of a cell of text.
  func passes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch test {
    case .type(_, let type): isOfType(type, bytes)
    case .range(_, let bounds): number(bytes).map(bounds.contains) ?? false
    case .inSet(_, let set, let isNegated):
      set.contains(String(decoding: bytes, as: UTF8.self)) != isNegated
    case .pattern: matcher?.isMatch(in: bytes) ?? false
    case .length(_, let bounds):
      bounds.contains(Double(Self.length(bytes)))
    case .dateFormat: format?.seconds(bytes) != nil
    case .holds: true
    }
  }

  /// Of a cell that is a number.
  func passes(_ value: Double) -> Bool {
    switch test {
    case .type(_, .int), .type(_, .category): PlainValue.isWhole(value)
    case .type(_, .float): true
    case .type(_, .bool): value == 0 || value == 1
    case .range(_, let bounds): bounds.contains(value)
    case .inSet(_, let set, let isNegated): set.numbers.contains(value) != isNegated
    case .type, .pattern, .length, .dateFormat:
      // As the text that it would be.
      Array(PlainValue.text(value).utf8).withUnsafeBufferPointer { passes($0) }
    case .holds: true
    }
  }

  /// Of a cell that is a number no double is.
  func passes(_ great: GreatWhole) -> Bool {
    switch test {
    case .type(_, .int), .type(_, .category), .type(_, .float), .type(_, .bool), .range, .holds:
      passes(great.nearest)
    case .inSet(_, let set, let isNegated): set.greats.contains(great) != isNegated
    case .type, .pattern, .length, .dateFormat:
      Array(great.text.utf8).withUnsafeBufferPointer { passes($0) }
    }
  }

  private func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    switch Cell(bytes) {
    case .whole(let value), .number(let value): value
    case .missing, .text: nil
    }
  }

  private func isOfType(_ type: ColumnType, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch type {
    case .string, .category, .image: return true
    case .int: return number(bytes).map(PlainValue.isWhole) ?? false
    case .float: return number(bytes) != nil
    case .bool:
      let word = String(decoding: bytes, as: UTF8.self).lowercased()
      return ["true", "false", "0", "1"].contains(word)
    case .date, .dateTime: return format?.seconds(bytes) != nil
    case .json: return (try? JSONValue(parsing: Array(bytes))) != nil
    }
  }
}

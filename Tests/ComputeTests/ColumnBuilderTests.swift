import Compute
import Platform
import Testing

@Suite("Types of columns") struct ColumnBuilderTests {
  @Test(
    "are pandas'",
    arguments: [
      (["1", "2"], .int), (["1", ""], .float), (["1", "2.0"], .float), (["", "NA"], .float),
      (["True", "false", "TRUE"], .bool), (["True", ""], .text), (["a", "1"], .text),
      (["1", "a"], .text), (["", "a"], .text), ([], .float),
    ] as [([String], Column.Kind)])
  func kinds(cells: [String], kind: Column.Kind) throws {
    #expect(try column(cells).kind == kind)
  }

  @Test("numbers keep NaN for what is missing") func numbers() throws {
    let column = try column(["1", "", "-2.5"])
    guard case .numbers(let numbers) = column.values else {
      Issue.record("not numbers")
      return
    }
    #expect(numbers[0] == 1 && numbers[1].isNaN && numbers[2] == -2.5)
    #expect(column.missingCount == 1)
    #expect(column.isMissing(1) && !column.isMissing(0))
  }

  @Test("text is coded in the order of appearance") func text() throws {
    let column = try column(["b", "a", "", "b", "1"])
    guard case .codes(let codes, let categories) = column.values else {
      Issue.record("not text")
      return
    }
    #expect(codes == [0, 1, -1, 0, 2])
    #expect(categories == ["b", "a", "1"])
    #expect(column.census == Column.Census(numbers: 1, texts: 3, firstText: 0, firstInfinity: nil))
    #expect(column.missingCount == 1)
  }

  @Test("numbers that turn out to be text ask for a second reading") func secondReading() throws {
    var first = ColumnBuilder(name: "x")
    try first.append(["1.50", "", "a"])
    #expect(first.needsSecondReading)
    #expect(try column(["", "a"]).kind == .text)
    var second = ColumnBuilder(name: "x", asText: true)
    try second.append(["1.50", "", "a"])
    #expect(!second.needsSecondReading)
    guard case .codes(let codes, let categories) = second.finish().values else {
      Issue.record("not text")
      return
    }
    #expect(codes == [0, -1, 1])
    #expect(categories == ["1.50", "a"])
  }

  @Test("two spellings of one letter are two categories") func bytes() throws {
    let column = try column(["\u{E9}", "e\u{301}"])
    #expect(column.values.categories?.count == 2)
    let other = Column("x", ["\u{E9}", "e\u{301}"])
    #expect(other.values.categories?.count == 2)
  }

  @Test("text that is not UTF-8 is refused, with its row") func notUTF8() {
    var builder = ColumnBuilder(name: "x")
    let cells: [[UInt8]] = [Array("a".utf8), [0xFF, 0x61]]
    #expect(throws: ParseFailure.self) { try builder.append(cells) }
    #expect(builder.rowCount == 1)
  }

  @Test("thousands of categories are told apart") func many() throws {
    let cells = (0..<20_000).map { "w\($0 % 7000)" }
    let column = try column(cells)
    guard case .codes(let codes, let categories) = column.values else {
      Issue.record("not text")
      return
    }
    #expect(categories == (0..<7000).map { "w\($0)" })
    #expect(codes == (0..<20_000).map { Int32($0 % 7000) })
  }

  private func column(_ cells: [String]) throws -> Column {
    var builder = ColumnBuilder(name: "x")
    try builder.append(cells)
    if builder.needsSecondReading {
      builder = ColumnBuilder(name: "x", asText: true)
      try builder.append(cells)
    }
    return builder.finish()
  }
}

extension Column.Values {
  fileprivate var categories: [String]? {
    if case .codes(_, let categories) = self { categories } else { nil }
  }
}

extension ColumnBuilder {
  fileprivate mutating func append(_ cells: [String]) throws(ParseFailure) {
    try append(cells.map { Array($0.utf8) })
  }

  fileprivate mutating func append(_ cells: [[UInt8]]) throws(ParseFailure) {
    let all = cells.flatMap { $0 }
    var ends = 0
    let ranges = cells.map { cell in
      defer { ends += cell.count }
      return ends..<ends + cell.count
    }
    try all.withUnsafeBufferPointer { bytes throws(ParseFailure) in
      let fields = ranges.map { UnsafeBufferPointer(rebasing: bytes[$0]) }
      try fields.withUnsafeBufferPointer { fields throws(ParseFailure) in try append(fields) }
    }
  }
}

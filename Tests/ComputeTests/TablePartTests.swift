import Compute
import Platform
import Testing

@Suite("Types of columns") struct TablePartTests {
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
    #expect(build([try part(["1.50", "", "a"])]).needsSecondReading)
    #expect(!build([try part(["", "a"])]).needsSecondReading)
    let second = build([try part(["1.50", "", "a"], .text)], asText: true)
    #expect(!second.needsSecondReading)
    guard case .codes(let codes, let categories) = second.finish().values else {
      Issue.record("not text")
      return
    }
    #expect(codes == [0, -1, 1])
    #expect(categories == ["1.50", "a"])
  }

  @Test("parts agree on a type") func parts() throws {
    let (text, number, empty) = (["", "x"], ["1", "2"], [""])
    for cells in [[text, number], [number, text], [empty, number, text], [number, empty, text]] {
      #expect(build(try cells.map { try part($0) }).needsSecondReading)
    }
    let whole = build([try part([""]), try part(["1", "x"], .text), try part([]), try part([""])])
      .finish()
    guard case .codes(let codes, let categories) = whole.values else {
      Issue.record("not text")
      return
    }
    #expect(codes == [-1, 0, 1, -1])
    #expect(categories == ["1", "x"])
    #expect(whole.census == Column.Census(numbers: 1, texts: 1, firstText: 2))
    #expect(build([try part(["1"]), try part(["2.5"])]).finish().kind == .float)
    #expect(build([try part(["1"]), try part([])]).finish().kind == .int)
    #expect(build([try part(["1"]), try part([""])]).finish().kind == .float)
  }

  @Test("a part that is used again forgets what it held") func again() throws {
    let part = try part(["", "a", "b"])
    part.removeAll()
    try part.append([Array("2".utf8), Array("".utf8)])
    #expect(build([part]).finish().kind == .float)
    part.removeAll()
    try part.append([Array("b".utf8)])
    #expect(build([part]).finish().values.categories == ["b"])
  }

  @Test("two spellings of one letter are two categories") func bytes() throws {
    let column = try column(["\u{E9}", "e\u{301}"])
    #expect(column.values.categories?.count == 2)
    let other = Column("x", ["\u{E9}", "e\u{301}"])
    #expect(other.values.categories?.count == 2)
  }

  @Test("text that is not UTF-8 is refused, and its row not taken") func notUTF8() {
    let part = TablePart([.numbers], names: ["x"])
    #expect(throws: ParseFailure.self) { try part.append([Array("a".utf8), [0xFF, 0x61]]) }
    #expect(part.rowCount == 1)
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
    let first = build([try part(cells)])
    return first.needsSecondReading
      ? build([try part(cells, .text)], asText: true).finish() : first.finish()
  }

  private func build(_ parts: [TablePart], asText: Bool = false) -> ColumnBuilder {
    var builder = ColumnBuilder(name: "x", asText: asText)
    for part in parts { builder.append(0, of: part) }
    return builder
  }

  private func part(
    _ cells: [String], _ reading: TablePart.Reading = .numbers
  ) throws(ParseFailure) -> TablePart {
    let part = TablePart([reading], names: ["x"])
    try part.append(cells.map { Array($0.utf8) })
    return part
  }
}

@Suite("Lines of rows") struct RowLinesTests {
  @Test("are what was added, in whatever pieces", arguments: 0..<20) func pieces(seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: "lines")
    var all: [Int] = []
    var lines = RowLines()
    var line = 1
    for _ in 0..<stream.integer(below: 6) {
      var piece: [Int] = []
      var own = 1
      for _ in 0..<stream.integer(below: 9) {
        if stream.integer(below: 4) == 0 { own += stream.integer(below: 3) }
        piece.append(own)
        own += 1
      }
      lines.append(RowLines(piece), movedBy: line - 1)
      all += piece.map { $0 + line - 1 }
      line += own - 1 + stream.integer(below: 2)
    }
    #expect(Array(lines) == all)
    #expect(lines == RowLines(all))
  }
}

extension Column.Values {
  fileprivate var categories: [String]? {
    if case .codes(_, let categories) = self { categories } else { nil }
  }
}

extension TablePart {
  /// Rows of one cell each.
  fileprivate func append(_ cells: [[UInt8]]) throws(ParseFailure) {
    for (index, cell) in cells.enumerated() {
      try cell.withUnsafeBufferPointer { bytes throws(ParseFailure) in
        let row = [bytes]
        try row.withUnsafeBufferPointer { fields throws(ParseFailure) in
          try append(fields, line: index + 1)
        }
      }
    }
  }
}

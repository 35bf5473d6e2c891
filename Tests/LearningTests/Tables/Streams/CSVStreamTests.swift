import Compute
import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("CSV as a stream") struct CSVStreamTests {
  /// Bytes of a part, and threads.
  private static let ways = [
    (1, 1), (1, 3), (2, 2), (3, 1), (7, 2), (20, 3), (64, 1), (300, 2), (5000, 1), (1 << 20, 2),
  ]

  @Test("generated texts in parts of every size are the records that they are", arguments: 0..<16)
  func generated(seed: UInt64) throws {
    var random = RandomStream(seed: seed, purpose: "streams")
    for number in 0..<15 {
      var text = CSVSamples.text(&random)
      if number % 4 == 3 { text = CSVSamples.broken(text, &random) }
      try check(text)
    }
  }

  @Test("texts at the edge of what is one") func edges() throws {
    for text in [
      "", "\n", "  \n\t\n", "a", "a\n", "a\r", "a\r\n", "\u{FEFF}", "\u{FEFF}a,b\n1,2", "a\n\n\n",
      "a\n1\n\n\n2", "a\n1\r\r2", "a\n  ", "a\n  x", "a\n\"", "a\n\"\"", "a\n\"\n\"",
      "a\n\"\r\n\"\n",
      "a,b\n1,2\r\n3,4\r5,6\n", "\"a\nb\",c\n1,2\n", "a\n\"x\"\"\"\"y\"\n", "a\n1,2\n", "a,b\n1\n",
      "a,b\n,\n", ",\n,\n", "a\n\"x\"y\"z\n", "a\n\u{FEFF}1\n", "a\tb\n1\t2\n", "a\n1\n2\n3\r",
    ] {
      try check(Array(text.utf8))
    }
    try check([0xFF, 0xFE, 0x61, 0])
    try check(Array("a,b\n1,".utf8) + [0xFF] + Array("\nx,y\n".utf8))
  }

  /// Compares streams with the naive reading, and with the whole table.
  private func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self).debugDescription
    for reading in [TablePart.Reading.text, .bytes, .declaredNumbers, .skipped] {
      var parts: [Int: [Int]] = [:]
      for (size, threads) in Self.ways {
        let outcome = Self.outcome(bytes, reading, size: size, threads: threads)
        let expected = Self.expected(bytes, reading)
        switch (outcome, expected) {
        case (.success(var own), .success(var naive)):
          if let other = parts.updateValue(own.bounds, forKey: size) {
            #expect(other == own.bounds)
          }
          naive.limitStrays(toPartsAt: own.bounds)
          own.bounds = []
          own.sources = []
          for column in own.columns.indices { own.columns[column].words = [] }
          #expect(own == naive, "\(reading) \(size): \(text)")
        case (.failure(let own), .failure(let naive)):
          #expect(own == naive, "\(reading) \(size): \(text)")
        default:
          Issue.record("\(reading) \(size): \(outcome), not \(expected): \(text)")
        }
      }
    }
    try checkNumbers(bytes, text)
  }

  /// Numbers until text comes; and the whole table.
  private func checkNumbers(_ bytes: [UInt8], _ text: String) throws {
    guard let naive = try? NaiveCSV(bytes, dialect: .commas),
      case .success(let texts) = Self.expected(bytes, .text),
      case .success(let declared) = Self.expected(bytes, .declaredNumbers)
    else { return }
    StreamedTable.compare(
      try TableFile.table(bytes), numbers: declared, texts: texts, "\(text)")
    for (size, threads) in Self.ways {
      let own = try Self.outcome(bytes, .numbers, size: size, threads: threads).get()
      for (column, cells) in own.columns.enumerated() {
        for (row, cell) in cells.texts.enumerated() {
          let isText = cells.isText[row]
          let expected = (isText ? texts : declared).columns[column].texts[row]
          // What was read as a number before the part's first text is lost.
          let isLost =
            isText && cell == nil && cells.isLost && Self.isNumber(naive.rows[row][column])
          #expect(cell == expected || isLost, "\(size) \(row) \(column): \(text)")
        }
        #expect(cells.missing.count == texts.columns[column].missing.count, "\(text)")
        #expect(cells.missing == texts.columns[column].missing, "\(text)")
      }
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    switch Cell(text) {
    case .whole, .number: true
    case .missing, .text: false
    }
  }

  private static func outcome(
    _ bytes: [UInt8], _ reading: TablePart.Reading, size: Int, threads: Int
  ) -> Result<StreamedTable, ParseFailure> {
    result(bytes) {
      let stream = try CSVStream(
        TextOrigin(bytes, name: nil), dialect: .commas, partSize: size)
      return try StreamedTable.read(stream, reading, threads: threads)
    }
  }

  /// By the naive reading; text that is not UTF-8 is a failure of the whole reader's, which knows its words.
  private static func expected(
    _ bytes: [UInt8], _ reading: TablePart.Reading
  ) -> Result<StreamedTable, ParseFailure> {
    result(bytes) {
      let names = (try? NaiveCSV(bytes, dialect: .commas))?.names ?? []
      if reading != .skipped {
        _ = try TableFile.table(bytes, asText: reading == .declaredNumbers ? [] : Set(names))
      }
      let naive = try NaiveCSV(bytes, dialect: .commas)
      return naive.expected(reading)
    }
  }

  private static func result(
    _ bytes: [UInt8], _ body: () throws -> StreamedTable
  ) -> Result<StreamedTable, ParseFailure> {
    do {
      return .success(try body())
    } catch {
      var problem = error as? ParseFailure ?? ParseFailure("\(error)")
      // Not all of them count bytes: in front of the place are as many line ends as there are lines.
      if let offset = problem.offset {
        let before = String(decoding: bytes.prefix(offset), as: UTF8.self)
        let lines = before.count { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        #expect(problem.line == lines + 1, "\(problem)")
        problem.offset = nil
      }
      return .failure(problem)
    }
  }

  @Test("records that are longer than parts, and longer than may be") func large() throws {
    let field = String(repeating: "0123456789abcdef\n", count: 40_000)
    let text = "a,b\n1,\"\(field)\"\n2,x\n3,\"\(field)\"\n"
    for (size, threads) in [(1, 1), (1000, 2), (1 << 16, 3)] {
      let stream = try CSVStream(
        TextOrigin(Array(text.utf8), name: nil), dialect: .commas, partSize: size)
      let table = try StreamedTable.read(stream, .text, threads: threads)
      #expect(table.columns[1].texts == [field, "x", field])
      #expect(table.lines == [2, 40_003, 40_004])
    }
    let limits = CSVLimits(fields: 50, fieldBytes: 100, recordBytes: 400)
    let long = String(repeating: "x", count: 101)
    for (text, message, line, column) in [
      ("a\n\(long)\n", "a field is longer than 100 bytes", 2, 1),
      ("a,b\n1,\(long)", "a field is longer than 100 bytes", 2, 3),
      ("a\n1\n\"\(long)", "a field is longer than 100 bytes", 3, 1),
      ("a\n\"\(long.dropLast())\"\"\"\n", "a field is longer than 100 bytes", 2, 1),
      ("a\n\"\(long.dropLast())\"y\n", "a field is longer than 100 bytes", 2, 1),
      ("a\n\"\(long.dropLast())\n", "a field is longer than 100 bytes", 2, 1),
      ("a\n\"\(long.dropLast(2))\n", "a quoted field that is never closed", 2, 1),
      (
        "a\n" + Array(repeating: "0123456789", count: 50).joined(separator: ",") + "\n",
        "a line is longer than 400 bytes", 2, 1
      ),
      ("a\n" + String(repeating: ",", count: 60), "more than 50 fields in a line", 2, 50),
    ] {
      for size in [1, 10, 10_000] {
        let problem = #expect(throws: ParseFailure.self) {
          let window = TextWindow(MemoryFeed(Array(text.utf8)))
          let header = try CSVHeader(window, dialect: .commas, limits: limits)
          var reader = TextPartReader(
            CSVRecords(header), window, from: header.position, line: header.line, partSize: size)
          var row = 0
          try reader.read(WorkerPool(threads: 1), firstRow: &row) {
            TablePart([.text, .text].suffix(header.names.count), names: header.names)
          } look: { _ in
          } take: { _ in
          }
        }
        #expect(problem?.message == message, "\(size): \(text)")
        #expect(problem?.line == line)
        #expect(problem?.column == column, "\(size): \(text)")
      }
    }
  }

  @Test("a quote that is never closed is told before all else is read") func neverClosed() throws {
    let text = Array(("a,b\n1,2\n3,\"" + String(repeating: "x\n", count: 9 << 20)).utf8)
    let whole = #expect(throws: ParseFailure.self) { try TableFile.table(text) }
    let stream = try CSVStream(TextOrigin(text, name: nil), dialect: .commas)
    let own = #expect(throws: ParseFailure.self) {
      try StreamedTable.read(stream, .text, threads: 2)
    }
    #expect(whole == own)
    #expect(own?.line == 3)
    #expect(own?.column == 3)
  }

  @Test("parts before a failure are given, those behind it are not") func failures() throws {
    let text = Array(
      ("a,b\n" + String(repeating: "1,2\n", count: 100) + "x\n"
        + String(repeating: "3,4\n", count: 100)).utf8)
    var counts: Set<Int> = []
    for threads in 1...3 {
      let stream = try CSVStream(TextOrigin(text, name: "t.csv"), dialect: .commas, partSize: 32)
      var rows = 0
      let failure = #expect(throws: Failure.self) {
        try stream.read([.numbers, .numbers], threads: threads) {
          $0.rowCount
        } take: {
          rows += $0
        }
      }
      #expect(failure?.location == SourceLocation(file: "t.csv", line: 102, column: 1))
      counts.insert(rows)
    }
    #expect(counts == [96])
    struct Enough: Error {}
    let stream = try CSVStream(TextOrigin(text, name: "t.csv"), dialect: .commas, partSize: 32)
    for threads in 1...3 {
      var rows = 0
      #expect(throws: Enough.self) {
        try stream.read([.numbers, .numbers], threads: threads) { part in
          if part.firstRow >= 40 { throw Enough() }
          return part.rowCount
        } take: {
          rows += $0
        }
      }
      #expect(rows == 40)
    }
  }

  @Test("a task that is cancelled reads no further") func cancellation() async throws {
    let text = Array(("a\n" + String(repeating: "1\n", count: 1000)).utf8)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      let stream = try CSVStream(TextOrigin(text, name: nil), dialect: .commas, partSize: 16)
      try stream.read([.numbers], threads: 2) { _ in
      } take: { _ in
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

import Compute
import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("JSON Lines as a stream") struct JSONStreamTests {
  private static let values = [
    "1", "-2", "0", "2.5", "1e3", "-0", "1E400", "NaN", "-Infinity", "12345678901234567890",
    "18446744073709551615", "18446744073709551616",
    "9223372036854775808", "9223372036854775807.0",
    "9007199254740993", "123456789012345678", "true", "false", "null", "\"x\"", "\"\"", "\"NA\"",
    "\"한\"", "\"a\\nb\"", "\"\\u00e9\"", "[1, 2]", "{\"k\": null}", "\"\\ud800\"", "0.1", "1.0",
  ]

  @Test("generated lines in parts of every size are the rows that they are", arguments: 0..<10)
  func generated(seed: UInt64) throws {
    var random = RandomStream(seed: seed, purpose: "lines")
    func pick<Value>(_ values: [Value]) -> Value { values[random.integer(below: values.count)] }
    func once(in count: Int) -> Bool { random.integer(below: count) == 0 }
    for _ in 0..<12 {
      let keys = (0..<1 + random.integer(below: 5)).map { once(in: 9) ? "k\\u00e\($0)" : "k\($0)" }
      let own = keys.map { _ in (0..<1 + random.integer(below: 3)).map { _ in pick(Self.values) } }
      let end = pick(["\n", "\n", "\r\n"])
      var text = ""
      for _ in 0..<random.integer(below: 30) {
        if once(in: 9) { text += once(in: 2) ? end : " \t" + end }
        var places = Array(keys.indices)
        if once(in: 6) { places.append(pick(places)) }
        if once(in: 6) { places.reverse() }
        let members = places.filter { _ in !once(in: 12) }
          .map {
            "\(once(in: 4) ? " " : "")\"\(keys[$0])\"\(once(in: 4) ? " : " : ":")\(pick(own[$0]))"
          }
        text += "{" + members.joined(separator: once(in: 3) ? " , " : ",") + "}" + end
      }
      if once(in: 8) {
        text +=
          pick(["[1]", "{\"a\":}", "{", "x", "{\"a\":01}", "{} {}", "{\"a\":\"\u{1}\"}"]) + end
      }
      if once(in: 3), !text.isEmpty { text.removeLast() }
      var bytes = Array(text.utf8)
      if once(in: 10), !bytes.isEmpty { bytes[random.integer(below: bytes.count)] = 0xFF }
      if once(in: 10) { bytes = [0xEF, 0xBB, 0xBF] + bytes }
      try check(bytes)
    }
  }

  private func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self).debugDescription
    let naive: Table
    do throws(ParseFailure) {
      naive = try NaiveJSONLines.table(bytes)
    } catch {
      #expect(throws: error, "\(text)") { try JSONLines.table(bytes, source: nil) }
      #expect(throws: error, "\(text)") { try JSONStream(TextOrigin(bytes, name: nil)) }
      return
    }
    let whole = try JSONLines.table(bytes, source: nil)
    #expect(whole.columns.map(\.name) == naive.columns.map(\.name), "\(text)")
    #expect(whole.columns.map(\.kind) == naive.columns.map(\.kind), "\(text)")
    #expect(StreamedTable.cells(whole) == StreamedTable.cells(naive), "\(text)")
    #expect(Array(whole.lines) == Array(naive.lines), "\(text)")
    for (size, threads) in [(1, 1), (2, 3), (10, 2), (50, 1), (200, 3), (1 << 20, 2)] {
      let stream = try JSONStream(TextOrigin(bytes, name: nil), partSize: size)
      let texts = try StreamedTable.read(stream, .text, threads: threads)
      let numbers = try StreamedTable.read(stream, .numbers, threads: threads)
      let places = try StreamedTable.read(stream, .bytes, threads: threads)
      #expect(stream.rowCount == naive.rowCount)
      #expect(places.columns.map(\.texts) == texts.columns.map(\.texts), "\(text)")
      StreamedTable.compare(naive, numbers: numbers, texts: texts, "\(size): \(text)")
      for (index, kind) in stream.kinds.enumerated() {
        #expect(numbers.columns[index].isText.allSatisfy { $0 == (kind == .text) })
        #expect(!numbers.columns[index].isLost)
        #expect(texts.columns[index].missing.spellings.isEmpty)
        let count = texts.columns[index].texts.count { $0 == nil }
        #expect(texts.columns[index].missing.count == count)
      }
    }
  }

  @Test(
    "in a column of declared numbers text is a stray, numbers in text are none, and nothing is text that means it"
  )
  func declared() throws {
    let text = #"""
      {"a": 1, "b": true}
      {"a": "2.5"}
      {"a": "NA"}
      {"a": "", "b": null}
      {"a": "x"}
      {"a": null}
      {"a": [1]}
      """#
    let stream = try JSONStream(TextOrigin(Array(text.utf8), name: nil))
    #expect(stream.kinds == [.text, .bool])
    let table = try StreamedTable.read(stream, .declaredNumbers, threads: 1)
    #expect(table.columns[0].texts == ["1.0", "2.5", nil, nil, nil, nil, nil])
    #expect(table.columns[0].strays.first.map(\.text) == ["NA", "", "x", "[1]"])
    #expect(table.columns[0].strays.first.map(\.row) == [2, 3, 4, 6])
    #expect(table.columns[0].missing == MissingCells(count: 1))
    #expect(table.columns[1].texts == ["1.0", nil, nil, nil, nil, nil, nil])
    #expect(table.columns[1].missing == MissingCells(count: 6))
  }
}

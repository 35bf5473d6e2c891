import Compute
import Formats
import Platform
import Testing

@testable import Learning

@Suite("Tables of Parquet files") struct ParquetTests {
  /// Cells as text, nil where missing.
  private func cells(_ column: Column) -> [String?] {
    switch column.values {
    case .numbers(let numbers): numbers.map { $0.isNaN ? nil : "\($0)" }
    case .codes(let codes, let categories): codes.map { $0 < 0 ? nil : categories[Int($0)] }
    }
  }

  private func table(_ bytes: [UInt8], asText: Set<String> = []) throws -> Table {
    try TableFile.parquet(
      { try ParquetFile(parsing: bytes) }, asText: asText, source: "t.parquet")
  }

  @Test("dictionaries, levels and pages of both versions") func pages() throws {
    let first = try table(ParquetFixtures.snappyDictionary)
    #expect(first.columns.map(\.kind) == [.float, .text])
    #expect(first.columns.map(cells) == [["1.0", nil, "3.0", "1.0"], ["a", "b", "a", nil]])
    let second = try table(ParquetFixtures.plainV2Zstd)
    #expect(second.columns.map(\.kind) == [.float, .bool])
    #expect(
      second.columns.map(cells) == [["0.5", "-2.0", nil, "1e+300"], ["1.0", "0.0", "1.0", "1.0"]])
    let groups = try table(ParquetFixtures.groupsChecksums)
    #expect(groups.columns.map(\.kind) == [.int])
    #expect(groups.columns.map(cells) == [(0..<9).map { "\($0).0" }])
  }

  @Test("differences wrap, and texts take over what the one before began with") func deltas() throws
  {
    let table = try table(ParquetFixtures.deltaGzip)
    #expect(
      table.columns.map(cells) == [
        ["7.0", "5.0", "3.0", "1.152921504606847e+18", "-9.223372036854776e+18"],
        ["hello", "help", "helm", "", "서울"],
      ])
    let lengths = try self.table(ParquetFixtures.lengthsLz4)
    let (x, y) = (String(repeating: "x", count: 30), String(repeating: "y", count: 30))
    #expect(lengths.columns.map(cells) == [[x, y, nil, x], ["1.5", "2.5", "3.5", "4.5"]])
  }

  @Test("dates, times, decimals and structs") func meanings() throws {
    let table = try table(ParquetFixtures.times)
    #expect(
      table.columns.map(cells) == [
        ["2026-03-01", nil], ["1970-01-01 00:00:00+00:00", "1970-01-01 00:00:01.500000+00:00"],
        ["1.25", "-0.01"], ["00:00:00.001000", "00:00:00.002000"],
      ])
    let nested = try self.table(ParquetFixtures.int96Struct, asText: ["p.x"])
    #expect(nested.columns.map(\.name) == ["t", "p.x", "p.y"])
    #expect(
      nested.columns.map(cells) == [
        ["1970-01-01 00:00:00", "2001-09-09 01:46:40"], ["1", nil], [nil, nil],
      ])
    let empty = try self.table(ParquetFixtures.empty)
    #expect(empty.columns.map(\.name) == ["n"])
    #expect(empty.rowCount == 0)
  }

  @Test("what cannot be read is refused by name") func refusals() throws {
    let lists = #expect(throws: Failure.self) { try table(ParquetFixtures.lists) }
    #expect(lists?.message == "column `l.list.element` holds lists, which are no cells of a table")
    let brotli = #expect(throws: Failure.self) { try table(ParquetFixtures.brotli) }
    #expect(brotli?.message == "column `n` is packed by BROTLI, which is not read")
    var encrypted = ParquetFixtures.empty
    encrypted.replaceSubrange((encrypted.count - 4)..., with: Array("PARE".utf8))
    let secret = #expect(throws: Failure.self) { try table(encrypted) }
    #expect(secret?.message == "the file is encrypted")
    var damaged = ParquetFixtures.groupsChecksums
    // In the first page, behind its header.
    damaged[40] ^= 1
    let checksum = #expect(throws: Failure.self) { try table(damaged) }
    #expect(checksum?.message.hasPrefix("column `u`: ") == true)
  }

  @Test("years before 1 and behind 9999 are days like all others") func calendar() {
    let days: [(Int, String)] = [
      (0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (-719_162, "0001-01-01"),
      (-719_163, "0000-12-31"), (-719_529, "-0001-12-31"), (2_932_897, "10000-01-01"),
    ]
    for (day, expected) in days {
      var text: [UInt8] = []
      CalendarText.date(day, into: &text)
      #expect(String(decoding: text, as: UTF8.self) == expected)
    }
  }
}

@testable import Checks
import Platform
import Support
import Testing

@Suite("Suites that mean harm") struct DataSuiteHostileTests {
  private func message(_ text: String) throws -> String {
    try #require(throws: Failure.self) { try suite(text) }.message
  }

  @Test("bombs and depths of YAML are refused") func yaml() throws {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(try message(bomb).contains("counting what aliases stand for"))
    #expect(try message(String(repeating: "[", count: 5000)).contains("deeper than 64"))
    #expect(
      try message("data: d\ntable: " + String(repeating: "[", count: 5000)).contains("deeper"))
    #expect(try message(String(repeating: " ", count: 5 << 20)).contains("larger than"))
  }

  @Test("thousands of problems are a thousand at most, of which fifty are told") func many() throws
  {
    let text = "data: d\ncolumns:\n  x: " + (0..<20_000).map { "uniq\($0)" }.joined(separator: ", ")
    let failure = try #require(throws: Failure.self) { try suite(text) }
    #expect(failure.message == "1000 problems in s.yml, of which the first 50 are told")
    #expect(failure.details.count == 50)
  }

  @Test(
    "long texts cost no more than their length",
    arguments: [
      ("columns:\n  x: int in [", "1, ", "]"), ("table:\n- a in [", "1, ", "2]"),
      ("table:\n- no duplicates on [", "a, ", "b]"), ("columns:\n  x: ", "(warn) ", ""),
      ("columns:\n  x: unique ", "where a > 1 ", ""), ("columns:\n  x: string ~ \"", "(", "\""),
      ("columns:\n  x: int, ", "9", ".."), ("columns:\n  x: int, unique by ", "y", ""),
      ("columns:\n  x: category in ['", "''", "'"), ("columns:\n  x: datetime, age <= ", "1d", ""),
      ("columns:\n  x: ", "[", ""), ("columns:\n  x: \"", "\\x41", "\""), ("data: ", "@", "x"),
      ("columns:\n  x: float, ", "1e9", ".."), ("columns:\n  x: float, nulls <= 1e", "9", "%"),
    ])
  func long(start: String, part: String, end: String) throws {
    let text = start + String(repeating: part, count: 100_000) + end + "\n"
    _ = try? suite(start.hasPrefix("data") ? text : "data: d\n" + text)
  }

  @Test(
    "numbers of any size",
    arguments: [
      "1e308..1e309", "-1e308..1e308", "0.0000000000000000000000000000000000001..", "1e-400..",
      "99999999999999999999..", "length <= 1e300", "mixed nulls <= 99999999999999999999",
      "mixed nulls <= 1e16", "age <= 1e308d", "nulls <= 1e-320%", "distinct 0..9e15", "-0..0",
      "1e99999999999999999999..", "1e-99999999999999999999..",
    ])
  func numbers(test: String) throws {
    for type in ["", "int, ", "string, ", "datetime, "] {
      guard let read = try? column("\"\(type)\(test)\"") else { continue }
      #expect(try suite(read.yaml()).unplaced == read.unplaced)
    }
  }

  @Test("texts cut off anywhere are read or told", arguments: 0..<20) func cut(seed: UInt64) throws
  {
    var random = RandomSuite(seed: seed)
    let text = Array(random.suite().yaml().utf8)
    var other = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let end = Int(other.next() % UInt64(text.count))
      _ = try? DataSuite(parsing: Array(text[..<end]), file: "s.yml")
      var changed = text
      for _ in 0..<3 {
        let place = Int(other.next() % UInt64(text.count))
        changed[place] = other.pick(Array("[](){}'\"`,.<>=:#%-09aé\n ".utf8))
      }
      guard let read = try? DataSuite(parsing: changed, file: "s.yml") else { continue }
      #expect(try suite(read.yaml()).unplaced.tests.count == read.tests.count)
    }
  }
}

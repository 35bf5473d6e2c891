import Platform
import Testing

@testable import Commands

@Suite("Times and lengths of time") struct FormattingTests {
  @Test(
    "a length of time has two parts at the most",
    arguments: [
      (-5, "0 ms"), (0, "0 ms"), (340, "340 ms"), (999, "999 ms"), (1000, "1.0 s"),
      (12_345, "12.3 s"),
      (59_999, "59.9 s"), (60_000, "1 min 00 s"), (245_000, "4 min 05 s"),
      (3_599_999, "59 min 59 s"),
      (3_600_000, "1 h 00 min"), (7_380_000, "2 h 03 min"), (90_000_000, "25 h 00 min"),
      (Int64.max, "2562047788015 h 12 min"),
    ])
  func length(milliseconds: Int64, expected: String) {
    #expect(duration(milliseconds: milliseconds) == expected)
  }

  @Test(
    "the time between two times never overflows",
    arguments: [
      (1000, 3500, "2.5 s"), (3500, 1000, "0 ms"), (Int64.min, Int64.max, "2562047788015 h 12 min"),
    ])
  func between(start: Int64, end: Int64, expected: String) {
    #expect(duration(from: start, to: end) == expected)
  }

  @Test(
    "a time is told from now while it is not a day old",
    arguments: [
      (100_000, "just now"), (105_000, "just now"), (91_000, "just now"), (90_000, "10 s ago"),
      (40_001, "59 s ago"), (40_000, "1 min ago"), (-3_499_000, "59 min ago"),
      (-3_500_000, "1 h ago"),
      (-86_299_000, "23 h ago"),
    ])
  func told(time: Int64, expected: String) { #expect(ago(time, now: 100_000) == expected) }

  @Test("an older time is told by the calendar, without the seconds") func older() {
    let time: Int64 = 1_700_000_000_000
    #expect(ago(time, now: time + 86_400_000) == String(localTime(time).dropLast(3)))
    #expect(localTime(time).wholeMatch(of: /2023-11-1[45] \d\d:\d\d:20/) != nil)
  }

  @Test("times beyond all calendars do not stop it") func beyond() {
    #expect(localTime(.max) == "292278994-08-17 07:12:55" || localTime(.max).hasPrefix("2922789"))
    #expect(ago(.min, now: .max).hasPrefix("-292275055-0"))
  }
}

@Suite("Lengths of time as they are typed") struct GivenTimeTests {
  @Test(
    "a number and a unit",
    arguments: [
      ("90s", 90_000), ("10m", 600_000), ("2h", 7_200_000), ("30d", 2_592_000_000), ("0s", 0),
    ])
  func read(text: String, milliseconds: Int64) throws {
    #expect(try TimeLength.milliseconds(text) == milliseconds)
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "s", "10", "-1s", "1.5h", "10 m", "1w", "99999999999999999d", "9223372036854775807s",
      "１0s", "+5s",
    ])
  func refused(text: String) throws {
    let failure = try #require(throws: Failure.self) { try TimeLength.milliseconds(text) }
    #expect(failure.code == .usage)
    #expect(failure.message == "`\(text)` is not a length of time")
    #expect(failure.hint == "write 90s, 10m, 2h or 30d")
  }
}

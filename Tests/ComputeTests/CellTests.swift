import Compute
import Testing

@Suite("Cells of tables") struct CellTests {
  @Test(
    "pandas' words for missing values are missing",
    arguments: [
      "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
      "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
    ])
  func missing(word: String) { #expect(Cell(word) == .missing) }

  @Test(
    "whole numbers",
    arguments: [
      ("0", 0), ("-0", 0), ("+5", 5), ("007", 7), (" 12\t", 12), ("-34 ", -34),
      ("9007199254740993", 9_007_199_254_740_992), ("9223372036854775807", 0x1p63),
      ("-9223372036854775808", -0x1p63), ("0000000000000000000000001", 1),
    ] as [(String, Double)])
  func whole(text: String, value: Double) {
    #expect(Cell(text) == .whole(value))
    if case .whole(let found) = Cell(text) { #expect(found.sign == (value < 0 ? .minus : .plus)) }
  }

  @Test(
    "other numbers",
    arguments: [
      ("1.", 1), (".5", 0.5), ("-.25", -0.25), ("1e5", 1e5), ("1E-05", 1e-5), (" 2.5 ", 2.5),
      ("inf", .infinity), ("-Infinity", -.infinity), ("+INF", .infinity), ("1e400", .infinity),
      ("-1e400", -.infinity), ("1e-400", 0), ("4.9e-324", 5e-324),
      ("1e999999999999999999", .infinity),
      ("0.1", 0.1), ("0.30000000000000004", 0.1 + 0.2),
      ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("9223372036854775808", 0x1p63),
      ("123456789012345678901234567890", 123456789012345678901234567890),
      ("9007199254740993.0", 9_007_199_254_740_992), ("9007199254740995.0", 9_007_199_254_740_996),
      ("+1.5", 1.5), ("0.0000000000000000001", 1e-19), ("18446744073709551615.5", 0x1p64),
    ] as [(String, Double)])
  func number(text: String, value: Double) { #expect(Cell(text) == .number(value)) }

  @Test(
    "everything else is text",
    arguments: [
      "-", ".", "+", "1e", "1e+", "e5", "1 2", "--1", "0x10", "1_0", "1.2.3", "NAN", "na", "Null",
      " NA",
      "infinit", "+inf ", "١", "1e5.5", "- 1", "red", " ", "\t", "1,5", "#", "-N",
    ])
  func text(text: String) { #expect(Cell(text) == .text) }

  @Test("decimals are rounded as the standard library rounds them", arguments: 0..<10)
  func rounding(index: UInt64) {
    var stream = RandomStream(seed: 5, purpose: "rounding", index: index)
    for _ in 0..<2000 {
      let digits = (0..<1 + stream.integer(below: 21)).map { _ in
        String(stream.integer(below: 10))
      }.joined()
      let point = stream.integer(below: digits.count + 1)
      var text = String(digits.prefix(point)) + "." + String(digits.dropFirst(point))
      if stream.integer(below: 3) == 0 { text += "e\(stream.integer(below: 60) - 30)" }
      #expect(Cell(text) == Double(text).map { .number($0) }, "\(text)")
      let shortest = "\(Double(bitPattern: stream.word() & ~(1 << 62)))"
      if let value = Double(shortest), value.isFinite {
        #expect(Cell(shortest) == .number(value), "\(shortest)")
      }
    }
  }

  @Test("halves go to the even neighbour, and what is just above or below does not")
  func ties() {
    // 2^53 + 1 is half-way between two doubles; scaled down by ten it still is one of decimal
    // digits.
    for (text, value) in [
      ("900719925474099.3", 900719925474099.3), ("4503599627370496.5", 4503599627370496.0),
      ("4503599627370497.5", 4503599627370498.0), ("4503599627370496.501", 4503599627370497.0),
      ("4503599627370497.499", 4503599627370497.0),
    ] { #expect(Cell(text) == .number(value), "\(text)") }
  }
}

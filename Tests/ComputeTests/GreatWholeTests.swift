import Support
import Testing

@testable import Compute

@Suite("Whole numbers that no double is") struct GreatWholeTests {
  @Test(
    "texts that are one, and texts that are none",
    arguments: [
      ("9007199254740993", true), ("-9007199254740993", true), (" +9007199254740993\t", true),
      ("0009007199254740993", true), ("9223372036854775807", true),
      ("18446744073709551615", true), ("-9223372036854775807", true),
      // A double says these.
      ("9007199254740992", false), ("9007199254740994", false), ("-9223372036854775808", false),
      ("9223372036854775808", false), ("7", false),
      // More than 64 bits, and no whole numbers.
      ("18446744073709551617", false), ("-9223372036854775809", false),
      ("9007199254740993.0", false), ("9007199254740993e0", false), ("90071992547 40993", false),
      ("--9007199254740993", false), ("", false), ("+", false),
    ])
  func texts(text: String, isGreat: Bool) {
    #expect((GreatWhole(text) != nil) == isGreat)
  }

  @Test("is what no double is, and in order") func order() throws {
    var random = SeededRandom(seed: 5)
    var found: [GreatWhole] = []
    for _ in 0..<20_000 {
      let value = Int64(bitPattern: random.next()) >> Int64(random.next() % 14)
      let isExact = Int64(exactly: Double(value)) == value
      #expect((GreatWhole(value) == nil) == isExact)
      #expect(GreatWhole("\(value)") == GreatWhole(value))
      guard let great = GreatWhole(value) else { continue }
      #expect(great.text == "\(value)" && great.nearest == Double(value))
      found.append(great)
    }
    #expect(found.count > 5000)
    #expect(found.sorted().map(\.value) == found.map(\.value).sorted())
    let large = try #require(GreatWhole(UInt64.max))
    #expect(large.text == "18446744073709551615" && large.nearest == 0x1p64)
  }
}

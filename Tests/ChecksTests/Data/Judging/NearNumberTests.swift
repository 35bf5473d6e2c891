import Support
import Testing

@testable import Checks

@Suite("Numbers that a person can write where a measured one would pass") struct NearNumberTests {
  @Test("they let the number in, and are short")
  func sides() {
    var generator = SeededRandom(seed: 7)
    for _ in 0..<2_000 {
      let size = Double.random(in: -12...12, using: &generator)
      var value = Double.random(in: -1...1, using: &generator)
      for _ in 0..<Int(abs(size)) { value = size < 0 ? value / 10 : value * 10 }
      let (below, above) = (NearNumber.below(value), NearNumber.above(value))
      let beyond = NearNumber.beyond(value)
      #expect(below <= value && value <= above && above <= beyond && value < beyond, "\(value)")
      guard value != 0 else { continue }
      #expect(abs(above - value) <= abs(value) * 0.00101, "\(value)")
      #expect(beyond - value <= abs(value) * 0.00201, "\(value)")
      let digits = PlainValue.text(below).prefix { $0 != "e" }.filter(\.isNumber)
        .drop { $0 == "0" }
      #expect(digits.count <= 4 || below == below.rounded(), "\(value) as \(below)")
    }
  }

  @Test(
    "examples",
    arguments: [
      (42.5748, 42.57, 42.58, 42.58), (0.8031317757666449, 0.8031, 0.8032, 0.8032),
      (0.3, 0.3, 0.3, 0.3001), (5, 5, 5, 5.001), (-0.12345, -0.1235, -0.1234, -0.1234),
      (0, 0, 0, 0.00005), (123_456.7, 123_400, 123_500, 123_500), (0.002, 0.002, 0.002, 0.002001),
    ] as [(Double, Double, Double, Double)])
  func examples(_ value: Double, _ below: Double, _ above: Double, _ beyond: Double) {
    #expect(NearNumber.below(value) == below)
    #expect(NearNumber.above(value) == above)
    #expect(NearNumber.beyond(value) == beyond)
  }

  @Test(
    "what is no usual number is no accident",
    arguments: [.infinity, -.infinity, .greatestFiniteMagnitude, 5e-324, 1e300, 1e-300] as [Double])
  func extremes(_ value: Double) {
    #expect(NearNumber.below(value) <= value && NearNumber.above(value) >= value)
    #expect(NearNumber.beyond(value) >= value)
    #expect(NearNumber.below(.nan).isNaN)
  }
}

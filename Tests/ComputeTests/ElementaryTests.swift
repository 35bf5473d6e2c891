import Compute
import Glibc
import Testing

@Suite("Exponential and logarithm") struct ElementaryTests {
  @Test("the exponential is the C library's to 1 unit in the last place") func exponential() {
    var stream = RandomStream(seed: 1, purpose: "exponential")
    for _ in 0..<20_000 {
      let x = (stream.unit() - 0.5) * [1e-9, 1, 20, 1400][stream.integer(below: 4)]
      let (ours, theirs) = (exponential(x), exp(x))
      #expect(abs(ours - theirs) <= theirs.ulp, "\(x)")
    }
  }

  @Test(
    "the exponential at its ends",
    arguments: [
      (0, 1), (-0.0, 1), (-709, 0), (-1e300, 0), (-.infinity, 0), (710, .infinity),
      (.infinity, .infinity),
    ] as [(Double, Double)])
  func ends(x: Double, value: Double) {
    #expect(exponential(x) == value)
    #expect(exponential(.nan).isNaN)
  }

  @Test("the logarithm is the C library's to 2 units in the last place") func logarithm() {
    var stream = RandomStream(seed: 1, purpose: "logarithm")
    for _ in 0..<20_000 {
      let x = [
        stream.unit() + 0.5, 1 + stream.unit() * 100, exp((stream.unit() - 0.5) * 1400),
        1 + (stream.unit() - 0.5) * 1e-6,
      ][stream.integer(below: 4)]
      let (ours, theirs) = (Elementary.logarithm(SIMD8(repeating: x))[0], log(x))
      #expect(abs(ours - theirs) <= 2 * theirs.ulp, "\(x)")
    }
    #expect(Elementary.logarithm(SIMD8(repeating: 1))[0] == 0)
  }

  private func exponential(_ x: Double) -> Double {
    Elementary.exponential(SIMD8(repeating: x))[0]
  }
}

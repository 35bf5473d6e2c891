import Compute
import Testing

@testable import Learning

@Suite("L-BFGS") struct LimitedMemoryBFGSTests {
  @Test("finds the minimum of quadratics of any condition", arguments: [1.0, 1e2, 1e4, 1e6])
  func quadratic(condition: Double) {
    let size = 20
    let factors = (0..<size).map { 1 + (condition - 1) * Double($0) / Double(size - 1) }
    let function: LimitedMemoryBFGS.Function = { point, gradient in
      var value = 0.0
      for index in 0..<size {
        let offset = point[index] - Double(index)
        value += factors[index] * offset * offset / 2
        gradient[index] = factors[index] * offset
      }
      return value
    }
    let search = run(function, size: size, tolerance: 1e-9)
    for index in 0..<size { #expect(abs(search.point[index] - Double(index)) < 1e-8) }
  }

  @Test("finds minima of steep and of flat functions") func others() {
    // x⁴ is flat at its minimum; a sum of exponentials is steep on both sides of it.
    let flat = run(
      { x, g in
        g[0] = 4 * x[0] * x[0] * x[0]; return x[0] * x[0] * x[0] * x[0]
      }, start: [3])
    #expect(abs(flat.point[0]) < 1e-3)
    let steep = run(
      { x, g in
        let (up, down) = (exponential(20 * x[0]), exponential(-x[0]))
        g[0] = 20 * up - down
        return up + down
      }, start: [8])
    // 20·e^(20x) = e^(-x) at x = -ln 20 / 21.
    #expect(abs(steep.point[0] + 2.995732273553991 / 21) < 1e-8)
  }

  @Test("starts at the minimum and stays") func start() {
    var search = LimitedMemoryBFGS(start: [0, 0], tolerance: 1e-6) { _, g in
      g = [0, 0]
      return 5
    }
    let outcome = search.advance { _, g in
      g = [0, 0]
      return 5
    }
    #expect(outcome == .converged)
    #expect(search.iteration == 0)
  }

  @Test("ends when nothing is to be gained") func stuck() {
    // The gradient says down, and the value never is.
    var search = LimitedMemoryBFGS(start: [0], tolerance: 0) { _, g in
      g = [1]
      return 0
    }
    let outcome = search.advance { x, g in
      g = [1]
      return abs(x[0])
    }
    #expect(outcome == .stuck)
  }

  private func run(
    _ function: LimitedMemoryBFGS.Function, size: Int = 1, start: [Double]? = nil,
    tolerance: Double = 1e-10
  ) -> LimitedMemoryBFGS {
    var search = LimitedMemoryBFGS(
      start: start ?? Array(repeating: 0, count: size), tolerance: tolerance, function)
    for _ in 0..<2000 {
      let before = search.value
      let outcome = search.advance(function)
      #expect(search.value <= before + 1e-9 * abs(before))
      if outcome != .moved { break }
    }
    return search
  }
}

private func exponential(_ x: Double) -> Double {
  Elementary.exponential(SIMD8(repeating: x))[0]
}

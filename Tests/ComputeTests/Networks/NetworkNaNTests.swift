import Compute
import Testing

@Suite("What is no number goes through every kernel of networks") struct NetworkNaNTests {
  /// A NaN at a place of some numbers.
  private func numbers(_ count: Int, at place: Int) -> FloatBuffer {
    let buffer = FloatBuffer(NetworkKernelTests.numbers(count, seed: 31))
    buffer.start[place] = .nan
    return buffer
  }

  @Test("activations and what comes back", arguments: NetworkKernels.Activation.allCases)
  func activations(function: NetworkKernels.Activation) {
    for place in [0, 15, 16, 36] {
      let (x, y) = (numbers(37, at: place), FloatBuffer(zeros: 37))
      NetworkKernels.activate(function, x.start, to: y.start, count: 37)
      #expect(y.values.map(\.isNaN) == x.values.map(\.isNaN))
      let (ones, values) = (FloatBuffer(zeros: 37), FloatBuffer(zeros: 37))
      ones.fill(1)
      NetworkKernels.activate(function, ones.start, to: values.start, count: 37)
      NetworkKernels.activateBack(
        function, x: ones.start, y: values.start, gradient: x.start, to: y.start, count: 37)
      #expect(y.values.map(\.isNaN) == x.values.map(\.isNaN))
    }
  }

  @Test("softmax spoils its row, and no other", arguments: [0, 1, 16, 20])
  func softmax(place: Int) {
    let x = numbers(63, at: 21 + place)
    NetworkKernels.softmax(x.start, to: x.start, rows: 3, columns: 21)
    #expect(x.values.map(\.isNaN) == (0..<63).map { (21..<42).contains($0) })
  }

  @Test("sums, moments and what is scaled") func sums() {
    let x = numbers(60, at: 25)
    let ones = FloatBuffer([Float](repeating: 1, count: 60))
    let (sums, out) = (FloatBuffer(zeros: 20), FloatBuffer(zeros: 60))
    NetworkKernels.addRows(x.start, rows: 3, columns: 20, to: sums.start)
    #expect(sums.values.map(\.isNaN) == (0..<20).map { $0 == 5 })
    NetworkKernels.scaleColumns(
      x.start, rows: 3, columns: 20, scale: ones.start, shift: ones.start, to: out.start)
    #expect(out.values.map(\.isNaN) == x.values.map(\.isNaN))
    NetworkKernels.combineColumns(
      x.start, ones.start, rows: 3, columns: 20, a: ones.start, b: ones.start, c: ones.start,
      to: out.start)
    #expect(out.values.map(\.isNaN) == x.values.map(\.isNaN))
    NetworkKernels.drop(0, seed: 1, purpose: 2, index: 3, x.start, to: out.start, count: 60)
    #expect(out.values.map(\.isNaN) == x.values.map(\.isNaN))
    #expect(NetworkKernels.squareSum(x.start, count: 60).isNaN)
    var (first, second) = ([Double](repeating: 0, count: 20), [Double](repeating: 0, count: 20))
    NetworkKernels.addMoments(
      x.start, ones.start, rows: 3, columns: 20, sums: &first, products: &second)
    #expect(first[5].isNaN && second[5].isNaN && !first[4].isNaN && !second[6].isNaN)
  }

  @Test("a step takes it into the weight") func descent() {
    let kernels: [DescentKernel] = [
      .momentum(rate: 0.1, momentum: 0.9, penalty: 0, looksAhead: true),
      .adam(
        rate: 0.1, meanDecay: 0.9, squareDecay: 0.999, squareScale: 1, epsilon: 1e-8, penalty: 0,
        shrink: 1),
    ]
    for kernel in kernels {
      let gradient = numbers(37, at: 18)
      let (weights, first, second) = (
        FloatBuffer(zeros: 37), FloatBuffer(zeros: 37), FloatBuffer(zeros: 37)
      )
      kernel.step(
        weights.start, gradient: gradient.start, scale: 1, first: first.start,
        second: second.start, count: 37)
      #expect(weights.values.map(\.isNaN) == gradient.values.map(\.isNaN))
    }
  }
}

import Compute
import Glibc
import Support
import Testing

@Suite("Kernels of networks") struct NetworkKernelTests {
  /// Numbers of all sizes, and how far ours may be from the true value of a function that is about 1 there.
  static func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      let size = Float(exp2(Double.random(in: -20...5, using: &random)))
      return random.chance(1, of: 2) ? size : -size
    }
  }

  static let functions: [(NetworkKernels.Activation, @Sendable (Double) -> Double)] = [
    (.relu, { max(0, $0) }), (.sigmoid, { 1 / (1 + exp(-$0)) }), (.tanh, { tanh($0) }),
    (.gelu, { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }),
  ]

  @Test("activations are those of doubles", arguments: 0..<4) func activations(place: Int) {
    let (function, truth) = Self.functions[place]
    let x = FloatBuffer(Self.numbers(20_003, seed: 1) + [0, -0.0, 100, -100, .infinity])
    let y = FloatBuffer(zeros: x.count)
    NetworkKernels.activate(function, x.start, to: y.start, count: x.count)
    for (x, y) in zip(x.values, y.values) {
      let expected = truth(Double(x))
      guard expected != Double(y) else { continue }
      // The error function is one to 1.5e-7, and is multiplied by up to half of 3 before it is that small.
      let bound = function == .gelu ? 3e-7 : 2e-7
      #expect(abs(expected - Double(y)) <= bound * max(1, abs(expected)), "\(function) of \(x)")
    }
  }

  @Test("their gradients are slopes of doubles", arguments: 0..<4) func slopes(place: Int) {
    let (function, truth) = Self.functions[place]
    let x = FloatBuffer(Self.numbers(20_003, seed: 2))
    let gradient = FloatBuffer(Self.numbers(x.count, seed: 3))
    let (y, result) = (FloatBuffer(zeros: x.count), FloatBuffer(zeros: x.count))
    NetworkKernels.activate(function, x.start, to: y.start, count: x.count)
    NetworkKernels.activateBack(
      function, x: x.start, y: y.start, gradient: gradient.start, to: result.start, count: x.count)
    for index in 0..<x.count {
      let (at, step) = (Double(x.start[index]), min(1e-5, abs(Double(x.start[index])) / 2))
      let slope = (truth(at + step) - truth(at - step)) / (2 * step)
      let expected = slope * Double(gradient.start[index])
      let error = abs(expected - Double(result.start[index]))
      #expect(error <= 1e-6 * max(1, abs(Double(gradient.start[index]))), "\(function) at \(at)")
    }
    NetworkKernels.activateBack(
      function, x: x.start, y: y.start, gradient: gradient.start, to: gradient.start,
      count: x.count)
    #expect(gradient.values == result.values, "in place")
  }

  @Test("softmax is that of doubles, and adds up to 1", arguments: [1, 2, 3, 10, 16, 17, 100])
  func softmax(columns: Int) {
    let rows = 37
    let x = FloatBuffer(Self.numbers(rows * columns, seed: 4))
    let y = FloatBuffer(zeros: x.count)
    NetworkKernels.softmax(x.start, to: y.start, rows: rows, columns: columns)
    for row in 0..<rows {
      let own = (0..<columns).map { Double(x.start[row * columns + $0]) }
      let top = own.max() ?? 0
      let sum = own.reduce(0) { $0 + exp($1 - top) }
      for column in 0..<columns {
        let expected = exp(own[column] - top) / sum
        let found = Double(y.start[row * columns + column])
        // Differences of up to 64 are rounded to 2^-19 before they are exponents.
        #expect(abs(expected - found) <= 4e-6 * expected + 1e-30)
      }
    }
    NetworkKernels.softmax(x.start, to: x.start, rows: rows, columns: columns)
    #expect(x.values == y.values, "in place")
  }

  @Test("dropping follows Philox's words, each in its place", arguments: [0, 0.1, 0.5, 0.999])
  func drop(rate: Float) {
    for count in [1003, 64, 63, 65, 1] {
      let x = FloatBuffer(Self.numbers(count, seed: 5))
      let y = FloatBuffer(zeros: x.count)
      let (seed, index): (UInt64, UInt64) = (0x1234_5678_9abc_def0, 9 << 40 | 5)
      func drop(to result: FloatBuffer) {
        NetworkKernels.drop(
          rate, seed: seed, purpose: 7, index: index, x.start, to: result.start, count: x.count)
      }
      drop(to: y)
      for place in 0..<x.count {
        let words = Self.philox(
          [
            UInt32(place / 64 * 16 + place % 16), 7, UInt32(truncatingIfNeeded: index),
            UInt32(index >> 32),
          ], [UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)])
        let isDropped = Double(words[place % 64 / 16]) < (Double(rate) * 0x1p32).rounded(.down)
        #expect(y.start[place] == (isDropped ? 0 : x.start[place] * (1 / (1 - rate))))
      }
      drop(to: x)
      #expect(x.values == y.values, "in place")
    }
  }

  @Test("the words are those of the generator's authors") func philox() {
    let pi: [UInt32] = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344]
    #expect(
      Self.philox([0, 0, 0, 0], [0, 0]) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(
      Self.philox(pi, [0xa409_3822, 0x299f_31d0])
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  /// Philox4x32-10.
  private static func philox(_ counter: [UInt32], _ key: [UInt32]) -> [UInt32] {
    var (c, k) = (counter, key)
    for _ in 0..<10 {
      let a = c[0].multipliedFullWidth(by: 0xD251_1F53)
      let b = c[2].multipliedFullWidth(by: 0xCD9E_8D57)
      c = [b.high ^ c[1] ^ k[0], b.low, a.high ^ c[3] ^ k[1], a.low]
      k = [k[0] &+ 0x9E37_79B9, k[1] &+ 0xBB67_AE85]
    }
    return c
  }

  @Test("sums, scales and places") func plain() {
    let (rows, columns) = (13, 21)
    let x = FloatBuffer(Self.numbers(rows * columns, seed: 6))
    let other = FloatBuffer(Self.numbers(rows * columns, seed: 7))
    let (a, b, c) = (
      FloatBuffer(Self.numbers(columns, seed: 8)), FloatBuffer(Self.numbers(columns, seed: 9)),
      FloatBuffer(Self.numbers(columns, seed: 10))
    )
    let (scaled, combined, sums) = (
      FloatBuffer(zeros: x.count), FloatBuffer(zeros: x.count), FloatBuffer(a.values)
    )
    NetworkKernels.scaleColumns(
      x.start, rows: rows, columns: columns, scale: a.start, shift: b.start, to: scaled.start)
    NetworkKernels.combineColumns(
      other.start, x.start, rows: rows, columns: columns, a: a.start, b: b.start, c: c.start,
      to: combined.start)
    NetworkKernels.addRows(x.start, rows: rows, columns: columns, to: sums.start)
    var (first, second) = (
      [Double](repeating: 1, count: columns), [Double](repeating: 2, count: columns)
    )
    NetworkKernels.addMoments(
      x.start, other.start, rows: rows, columns: columns, sums: &first, products: &second)
    for column in 0..<columns {
      var (sum, moments) = (a.start[column], (1.0, 2.0))
      for row in 0..<rows {
        let place = row * columns + column
        let (one, two) = (x.start[place], other.start[place])
        #expect(scaled.start[place] == one * a.start[column] + b.start[column])
        #expect(
          combined.start[place] == a.start[column] * two + b.start[column] * one + c.start[column])
        sum += one
        moments.0 += Double(one)
        moments.1 += Double(one) * Double(two)
      }
      #expect(sums.start[column] == sum)
      #expect((first[column], second[column]) == moments)
    }
    let squares = x.values.reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(NetworkKernels.squareSum(x.start, count: x.count) - squares) <= 1e-12 * squares)
    let bytes = ByteBuffer(zeros: 256)
    for byte in 0..<256 { bytes.start[byte] = UInt8(byte) }
    NetworkKernels.scale(bytes.start, by: 0.25, shift: -3, to: scaled.start, count: 256)
    #expect(Array(scaled.values.prefix(256)) == (0..<256).map { Float($0) * 0.25 - 3 })
  }

  @Test("windows are added to where they came from, also where they overlap") func spread() {
    let places = PlaceBuffer([0, 2, 5, 2])
    let segments = PlaceBuffer([0, 7])
    let windows = FloatBuffer(Self.numbers(4 * 2 * 3, seed: 11))
    let out = FloatBuffer(Self.numbers(20, seed: 12))
    var expected = out.values
    for row in 0..<4 {
      for segment in 0..<2 {
        for index in 0..<3 {
          let place = Int(places.start[row]) + Int(segments.start[segment]) + index
          expected[place] += windows.start[(row * 2 + segment) * 3 + index]
        }
      }
    }
    NetworkKernels.spread(
      windows.start, places: places.start, rows: 4, segments: segments.start, segmentCount: 2,
      length: 3, to: out.start)
    #expect(out.values == expected)
  }
}

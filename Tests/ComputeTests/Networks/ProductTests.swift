import Compute
import Glibc
import Support
import Testing

@Suite("Products of matrices") struct ProductTests {
  private static let levels = Array(0...Product.highestLevel)

  @Test("every level makes the bits of a plain loop of fused sums", arguments: levels)
  func everyLevel(level: Int) {
    var random = SeededRandom(seed: 11)
    for _ in 0..<90 {
      let product = ProductCase(&random)
      #expect(product.result(level: level) == product.expected, "\(product)")
    }
  }

  @Test("rows and columns may be cut anywhere") func cuts() {
    var random = SeededRandom(seed: 12)
    for _ in 0..<50 {
      let product = ProductCase(&random)
      let whole = product.result(level: nil)
      for cuts in [(2, 1), (1, 2), (3, 5), (70, 7)] {
        #expect(product.result(level: nil, cuts: cuts) == whole, "\(product) cut into \(cuts)")
      }
    }
  }

  @Test("a product over nothing is what its sums begin with", arguments: levels)
  func nothing(level: Int) {
    var random = SeededRandom(seed: 13)
    for _ in 0..<60 {
      let product = ProductCase(&random, depth: 0...0)
      #expect(product.result(level: level) == product.expected, "\(product)")
    }
  }

  @Test("rows at one distance, plain and transposed", arguments: levels)
  func transposed(level: Int) {
    var random = SeededRandom(seed: 14)
    for (rows, depth, columns) in [(5, 7, 3), (17, 130, 33), (64, 257, 70), (1, 1, 1)] {
      func numbers(_ count: Int) -> FloatBuffer {
        FloatBuffer((0..<count).map { _ in Float.random(in: -1...1, using: &random) })
      }
      let (left, right) = (numbers(rows * depth), numbers(depth * columns))
      let (plain, other) = (
        FloatBuffer(zeros: rows * columns), FloatBuffer(zeros: rows * columns)
      )
      let turned = FloatBuffer(zeros: rows * depth)
      NetworkKernels.transpose(left.start, rows: rows, columns: depth, to: turned.start)
      Product(
        left.start, rows: rows, rowStep: depth, depth: depth, right.start, columns: columns,
        to: plain.start
      ).run(level: level)
      Product(
        turned.start, rows: rows, rowStep: 1, step: rows, depth: depth, right.start,
        columns: columns, to: other.start
      ).run(level: level)
      let expected = (0..<rows * columns).map { place in
        var sum: Float = 0
        for k in 0..<depth {
          sum = fmaf(
            left.start[place / columns * depth + k], right.start[k * columns + place % columns], sum
          )
        }
        return sum
      }
      #expect(plain.values == expected)
      #expect(other.values == expected)
    }
  }

  @Test("what is no number stays none, rectified or not", arguments: levels)
  func notANumber(level: Int) {
    for rectifies in [false, true] {
      let (left, right) = (FloatBuffer([1, .nan, 2, 3]), FloatBuffer([1, 2, 3, .infinity]))
      let out = FloatBuffer(zeros: 4)
      Product(left.start, rows: 2, rowStep: 2, depth: 2, right.start, columns: 2, to: out.start)
        .rectified(rectifies).run(level: level)
      #expect(out.start[0].isNaN && out.start[1].isNaN)
      #expect(out.start[2] == 11 && out.start[3] == .infinity)
    }
  }
}

import Compute
import Testing

@testable import Learning

@Suite("Histograms of trees") struct HistogramTests {
  @Test("sums are those of the rows, one by one", arguments: [1, 3, 4, 7, 8, 12, 29])
  func sums(features: Int) {
    var stream = RandomStream(seed: 3, purpose: "histogram")
    let rows = 200
    let stride = (features + 7) / 8 * 8
    let bins = (0..<(rows * stride)).map { _ in UInt8(stream.integer(below: 256)) }
    let packed = (0..<rows).map { _ in
      PackedSum.pack(
        gradient: Int32(stream.integer(below: 2000)) - 1000,
        hessian: UInt32(stream.integer(below: 1000)))
    }
    let indices = (0..<rows).filter { $0 % 3 != 1 }.map { UInt32($0) }
    for chosen in [nil, indices] {
      var expected = [Int64](repeating: 0, count: features * 256)
      for row in chosen?.map({ Int($0) }) ?? Array(0..<rows) {
        for feature in 0..<features {
          expected[feature * 256 + Int(bins[row * stride + feature])] += packed[row]
        }
      }
      var sums = [Int64](repeating: 0, count: features * 256)
      HistogramKernel.add(
        bins: bins, stride: stride, features: features, indices: chosen, from: 0,
        to: chosen?.count ?? rows, packed: packed, histogram: &sums)
      #expect(sums == expected)
    }
  }

  @Test("a packed sum gives both of its sums back")
  func packing() {
    let values: [(Int32, UInt32)] = [(5, 7), (-9, 1), (Int32.min / 2, .max / 4), (-1, 0)]
    var sum: Int64 = 0
    for (gradient, hessian) in values {
      sum += PackedSum.pack(gradient: gradient, hessian: hessian)
    }
    #expect(PackedSum.gradient(sum) == values.map(\.0).reduce(0, +))
    #expect(PackedSum.hessian(sum) == values.map(\.1).reduce(0, +))
  }

  @Test("rounded derivatives are right on average, and their sums fit")
  func rounding() {
    let rows = 5000
    var stream = RandomStream(seed: 1, purpose: "pairs")
    let pairs = (0..<rows).map { _ in
      SIMD2(Float(stream.unit() - 0.3), Float(stream.unit()))
    }
    let gradients = QuantisedGradients(rowCount: rows)
    gradients.fill(
      from: pairs, count: rows, isConstant: false, key: 9, on: WorkerPool(threads: 2))
    var sum: Int64 = 0
    for row in 0..<rows { sum += gradients.packed.base[row] }
    let exact = pairs.reduce(SIMD2<Double>.zero) { $0 + SIMD2<Double>($1) }
    let first = Double(PackedSum.gradient(sum)) * gradients.gradientUnit
    let second = Double(PackedSum.hessian(sum)) * gradients.hessianUnit
    #expect(abs(first - exact.x) < 1e-3 * exact.y)
    #expect(abs(second - exact.y) < 1e-3 * exact.y)
  }
}

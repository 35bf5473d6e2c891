import Compute

/// Derivatives of every row, rounded to integers whose sums are exact.
///
/// The scales are the largest for which no sum of rows can leave its 32 bits: they come from the
/// sums of all magnitudes, not from the largest one, so that an outlier costs no resolution. With a
/// million rows there are some thousand steps; roundings are random and right on average (Y. Shi
/// and others, "Quantized Training of Gradient Boosting Decision Trees", NeurIPS 2022). With few rows steps are fine enough to
/// take the nearest: then rows that are alike stay so, and splits that are equally good tie as they do in the libraries.
final class QuantisedGradients {
  /// ``PackedSum`` of each row.
  let packed: Memory<Int64>
  /// What one unit of a first derivative stands for.
  private(set) var gradientUnit = 1.0
  /// What one unit of a second derivative stands for.
  private(set) var hessianUnit = 1.0

  /// Rows of a block; sums of floating-point numbers are taken block by block, then in order.
  static let blockRows = 4096
  /// Up to so many rows are rounded to the nearest step: there are 2^14 of them or more to a row.
  private static let nearestRows = 1 << 17

  init(rowCount: Int) { packed = Memory(uninitialized: rowCount) }

  /// Rounds the derivatives of the rows.
  ///
  /// - Parameters:
  ///   - pairs: first and second derivative of each row.
  ///   - isConstant: whether all second derivatives are equal, which makes their integers 1: then
  ///     sums of them are counts.
  ///   - key: names seed, round and class.
  func fill(
    from pairs: UnsafePointer<SIMD2<Float>>, count: Int, isConstant: Bool, key: UInt64,
    on pool: WorkerPool
  ) {
    let blockRows = Self.blockRows
    let blocks = (count + blockRows - 1) / blockRows
    let sums = Memory<SIMD2<Double>>(count: blocks, filledWith: .zero)
    pool.parallelFor(blocks: blocks) { block in
      var (first, second) = (0.0, 0.0)
      for row in (block * blockRows)..<min(count, (block + 1) * blockRows) {
        let pair = pairs[row]
        first += Double(pair.x.magnitude)
        second += Double(pair.y)
      }
      sums.base[block] = SIMD2(first, second)
    }
    var total = SIMD2<Double>.zero
    for block in 0..<blocks { total += sums.base[block] }

    // Each rounding adds less than one unit.
    let room = Double(Int32.max) - Double(count) - 1
    let gradientScale = total.x > 0 ? min(room / total.x, 0x1p40) : 1
    let constant = isConstant && count > 0 ? Double(pairs[0].y) : 0
    let hessianScale: Double
    if constant > 0 {
      hessianScale = 1 / constant
    } else {
      let room = Double(UInt32.max) - Double(count) - 1
      hessianScale = total.y > 0 ? min(room / total.y, 0x1p40) : 1
    }
    gradientUnit = 1 / gradientScale
    hessianUnit = constant > 0 ? constant : 1 / hessianScale
    let packed = packed.base
    // Halves, instead of chance.
    let nearest: UInt64? = count <= Self.nearestRows ? 0x8000_0000_8000_0000 : nil
    pool.parallelFor(blocks: blocks) { block in
      let rows = (block * blockRows)..<min(count, (block + 1) * blockRows)
      if constant > 0 {
        for row in rows {
          let bits = nearest ?? RowHash.bits(seed: key, row)
          let first = Self.round(Double(pairs[row].x) * gradientScale, bits &>> 32)
          packed[row] = (first &<< 32) &+ 1
        }
      } else {
        for row in rows {
          let bits = nearest ?? RowHash.bits(seed: key, row)
          let pair = pairs[row]
          let first = Self.round(Double(pair.x) * gradientScale, bits &>> 32)
          let second = Self.round(Double(pair.y) * hessianScale, bits & 0xFFFF_FFFF)
          packed[row] = (first &<< 32) &+ second
        }
      }
    }
  }

  /// The whole number below `x` or above, by chance, so that the mean is `x`.
  @inline(__always)
  private static func round(_ x: Double, _ bits: UInt64) -> Int64 {
    // Adding 3·2^51 and leaving the low bits is a floor of numbers below 2^51 without a conversion
    // that could trap on the numbers a diverging model makes.
    let moved = x + Double(Int64(truncatingIfNeeded: bits)) * 0x1p-32 - 0.5
    let shifted = moved + 0x1.8p52
    return Int64(bitPattern: shifted.bitPattern) &- 0x4338_0000_0000_0000
  }
}

/// Sums over columns of numbers, always added in the same order: the same bits on every machine.
enum VectorArithmetic {
  /// Σ a·b.
  static func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    let (x, y) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
    var lanes = SIMD8<Double>.zero
    let whole = count & ~7
    for offset in stride(from: 0, to: whole * 8, by: 64) {
      lanes +=
        x.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
        * y.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
    }
    var sum = lanes.sum()
    for index in whole..<count { sum += a[index] * b[index] }
    return sum
  }

  /// y += factor·x.
  static func add(
    _ factor: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    let (source, target) = (UnsafeRawPointer(x), UnsafeMutableRawPointer(y))
    let whole = count & ~7
    for offset in stride(from: 0, to: whole * 8, by: 64) {
      let sum =
        target.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
        + factor * source.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
      target.storeBytes(of: sum, toByteOffset: offset, as: SIMD8<Double>.self)
    }
    for index in whole..<count { y[index] += factor * x[index] }
  }
}

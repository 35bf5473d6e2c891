/// e^x of eight floats at once, out of IEEE additions and multiplications only, so that gradients
/// have the same bits on every machine.
enum FloatExponential {
  /// To 2 units in the last place for x in -87...88, to which others are brought.
  ///
  /// x = n·ln 2 + r with |r| <= ln 2 / 2, and a Taylor polynomial of degree 7 in r.
  @inline(__always)
  static func exponential(_ value: SIMD8<Float>) -> SIMD8<Float> {
    var x = value
    x.replace(with: -87, where: x .< -87)
    x.replace(with: 88, where: x .> 88)
    let magic = SIMD8<Float>(repeating: 0x1.8p23)
    let shifted = x * 0x1.715476p0 + magic
    let n = shifted - magic
    let r = (x - n * 0x1.62e400p-1) - n * 0x1.7f7d1cp-20
    var sum = SIMD8<Float>(repeating: 1 / 5040)
    sum = sum * r + (1 / 720)
    sum = sum * r + (1 / 120)
    sum = sum * r + (1 / 24)
    sum = sum * r + (1 / 6)
    sum = sum * r + 0.5
    sum = sum * (r * r) + r
    sum = sum + 1
    let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
    return unsafeBitCast(
      unsafeBitCast(sum, to: SIMD8<Int32>.self) &+ exponent, to: SIMD8<Float>.self)
  }
}

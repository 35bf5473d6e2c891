/// Exponential and logarithm of eight doubles at once, out of IEEE additions, multiplications and
/// divisions only.
///
/// The C library's functions choose their code by the processor and differ in the last bit between
/// machines; with these, a model is the same bytes wherever it is trained.
package enum Elementary {
  /// e^x to 1 unit in the last place for x in -708...709; 0 below, infinity above, NaN for NaN.
  ///
  /// x = n·ln 2 + r with |r| <= ln 2 / 2, and a Taylor polynomial of degree 13 in r.
  @inline(__always)
  package static func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
    // Adding 1.5·2^52 rounds to a whole number, which then stands in the low bits.
    let magic = SIMD8(repeating: 0x1.8p52)
    let shifted = x * 0x1.71547652b82fep0 + magic
    let n = shifted - magic
    let r = (x - n * 0x1.62e42fee00000p-1) - n * 0x1.a39ef35793c76p-33
    var sum = SIMD8(repeating: 1 / 6_227_020_800.0)
    sum = sum * r + (1 / 479_001_600.0)
    sum = sum * r + (1 / 39_916_800.0)
    sum = sum * r + (1 / 3_628_800.0)
    sum = sum * r + (1 / 362_880.0)
    sum = sum * r + (1 / 40_320.0)
    sum = sum * r + (1 / 5_040.0)
    sum = sum * r + (1 / 720.0)
    sum = sum * r + (1 / 120.0)
    sum = sum * r + (1 / 24.0)
    sum = sum * r + (1 / 6.0)
    sum = sum * r + 0.5
    sum = sum * (r * r) + r
    sum = sum + 1
    let bits = unsafeBitCast(sum, to: SIMD8<Int64>.self)
    let scaled = unsafeBitCast(
      bits &+ (unsafeBitCast(shifted, to: SIMD8<Int64>.self) &<< 52), to: SIMD8<Double>.self)
    return scaled.replacing(with: 0, where: x .< -708).replacing(with: .infinity, where: x .> 709)
      .replacing(with: x, where: x .!= x)
  }

  /// ln x to 2 units in the last place for positive normal numbers; of no use for others.
  ///
  /// x = 2^n·m with m in [√½, √2), and ln m = 2·artanh((m - 1) / (m + 1)) by its series to the 21st
  /// power.
  @inline(__always)
  package static func logarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let bits = unsafeBitCast(x, to: SIMD8<Int64>.self)
    // Shifts the range of mantissas from [1, 2) to [√½, √2).
    let offset = SIMD8<Int64>(repeating: 0x3FE6_A09E_667F_3BCD)
    let exponent = (bits &- offset) &>> 52
    let m = unsafeBitCast(bits &- (exponent &<< 52), to: SIMD8<Double>.self)
    // Small integers as doubles, without a conversion that could trap: they are put into the low
    // bits of 1.5·2^52.
    let magic = SIMD8<Double>(repeating: 0x1.8p52)
    let n =
      unsafeBitCast(
        unsafeBitCast(magic, to: SIMD8<Int64>.self) &+ exponent, to: SIMD8<Double>.self) - magic
    let s = (m - 1) / (m + 1)
    let q = s * s
    var sum = SIMD8(repeating: 2 / 21.0)
    sum = sum * q + (2 / 19.0)
    sum = sum * q + (2 / 17.0)
    sum = sum * q + (2 / 15.0)
    sum = sum * q + (2 / 13.0)
    sum = sum * q + (2 / 11.0)
    sum = sum * q + (2 / 9.0)
    sum = sum * q + (2 / 7.0)
    sum = sum * q + (2 / 5.0)
    sum = sum * q + (2 / 3.0)
    let series = s * 2 + s * q * sum
    return n * 0x1.62e42fee00000p-1 + (series + n * 0x1.a39ef35793c76p-33)
  }
}

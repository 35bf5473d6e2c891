import Compute

/// One number at a time of ``Elementary``, for what is not worth eight.
enum Elementary8 {
  static func exponential(_ x: Double) -> Double { Elementary.exponential(SIMD8(repeating: x))[0] }

  /// -infinity for 0 and below.
  static func logarithm(_ x: Double) -> Double {
    x > 0 ? Elementary.logarithm(SIMD8(repeating: x))[0] : -.infinity
  }
}

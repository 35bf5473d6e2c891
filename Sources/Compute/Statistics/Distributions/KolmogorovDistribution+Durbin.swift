extension KolmogorovDistribution {
  /// P(D <= d) of `n` rows, exact: an entry of the n-th power of a matrix of 2·⌈nd⌉ - 1 rows
  /// (J. Durbin, 1973; G. Marsaglia, W. W. Tsang and J. Wang, "Evaluating Kolmogorov's
  /// distribution", 2003).
  static func durbin(_ d: Double, _ n: Int) -> Double {
    let k = Int((Double(n) * d).rounded(.up))
    let size = 2 * k - 1
    let entry = (k - 1) * size + k - 1
    var factor = (matrix: first(size, h: Double(k) - Double(n) * d), exponent: 0)
    var power = (matrix: identity(size), exponent: 0)
    var rest = n
    while rest > 0 {
      if rest & 1 == 1 { power = product(power, factor, size, entry) }
      rest >>= 1
      if rest > 0 { factor = product(factor, factor, size, entry) }
    }
    // Times n! / n^n.
    var (p, exponent) = (power.matrix[entry], power.exponent)
    for i in 1...n {
      p *= Double(i) / Double(n)
      if p < 0x1p-500 {
        p *= 0x1p500
        exponent -= 500
      }
    }
    return Double(sign: .plus, exponent: exponent, significand: p)
  }

  private static func first(_ size: Int, h: Double) -> [Double] {
    // 1/i! for i = 0...size.
    var inverse = [1.0]
    for i in 1...size { inverse.append(inverse[i - 1] / Double(i)) }
    var matrix = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0..<size where row - column + 1 >= 0 {
        matrix[row * size + column] = inverse[row - column + 1]
      }
    }
    for i in 0..<size {
      let edge = (1 - Elementary.power(h, i + 1)) * inverse[i + 1]
      matrix[i * size] = edge
      matrix[(size - 1) * size + size - 1 - i] = edge
    }
    let corner = Elementary.power(max(0, 2 * h - 1), size) - 2 * Elementary.power(h, size)
    matrix[(size - 1) * size] = (1 + corner) * inverse[size]
    return matrix
  }

  private static func identity(_ size: Int) -> [Double] {
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size { matrix[i * size + i] = 1 }
    return matrix
  }

  /// The product of two matrices with powers of two beside them, brought down when an entry grows.
  private static func product(
    _ a: (matrix: [Double], exponent: Int), _ b: (matrix: [Double], exponent: Int), _ size: Int,
    _ entry: Int
  ) -> (matrix: [Double], exponent: Int) {
    var matrix = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for inner in 0..<size {
        let x = a.matrix[row * size + inner]
        for column in 0..<size where x != 0 {
          matrix[row * size + column] += x * b.matrix[inner * size + column]
        }
      }
    }
    guard matrix[entry] > 0x1p400 else { return (matrix, a.exponent + b.exponent) }
    return (matrix.map { $0 * 0x1p-400 }, a.exponent + b.exponent + 400)
  }
}

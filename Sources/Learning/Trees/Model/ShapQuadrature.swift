/// Places and weights of a quadrature by Gauss and Legendre on 0...1: with n of them the integral of
/// every polynomial of a degree below 2n is exact.
///
/// They come four in a vector; those that fill the last one weigh nothing. Only additions,
/// multiplications, divisions and a root make them, so they are the same on every machine.
struct ShapQuadrature {
  /// How many vectors there are.
  let vectors: Int
  let places: Memory<SIMD4<Double>>
  /// 1 less the places.
  let rests: Memory<SIMD4<Double>>
  let weights: Memory<SIMD4<Double>>
  /// The weights, each divided by 1 less the place, negative.
  let away: Memory<SIMD4<Double>>

  /// - Parameter features: of a product of so many linear factors less one, the integral is exact.
  init(features: Int) {
    let count = max(1, (features + 1) / 2)
    vectors = (count + 3) / 4
    places = Memory(count: vectors, filledWith: SIMD4(repeating: 0.5))
    rests = Memory(count: vectors, filledWith: SIMD4(repeating: 0.5))
    weights = Memory(count: vectors, filledWith: .zero)
    away = Memory(count: vectors, filledWith: .zero)
    for (index, root) in Self.roots(count).enumerated() {
      let slope = Self.legendre(count, root).slope
      let weight = 1 / ((1 - root) * (1 + root) * slope * slope)
      places.base[index / 4][index % 4] = (1 + root) / 2
      rests.base[index / 4][index % 4] = (1 - root) / 2
      weights.base[index / 4][index % 4] = weight
      away.base[index / 4][index % 4] = -weight / ((1 - root) / 2)
    }
  }

  /// The roots of a Legendre polynomial, by Newton's method from cos(π(4i + 3) / (4n + 2)), which is
  /// close to the i-th (W. Press et al., "Numerical Recipes in C", 1992, section 4.5).
  private static func roots(_ count: Int) -> [Double] {
    let angle = Double.pi / Double(4 * count + 2)
    // Turned by four angles each time.
    let step = turned(cosineAndSine(2 * angle), by: cosineAndSine(2 * angle))
    var direction = cosineAndSine(angle)
    direction = turned(turned(direction, by: direction), by: direction)
    return (0..<count).map { _ in
      var root = direction.x
      for _ in 0..<10 {
        let (value, slope) = legendre(count, root)
        root -= value / slope
      }
      direction = turned(direction, by: step)
      return root
    }
  }

  private static func turned(_ a: SIMD2<Double>, by b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)
  }

  /// Of an angle of at most π / 3, by the cosine's series.
  private static func cosineAndSine(_ angle: Double) -> SIMD2<Double> {
    var (cosine, term) = (1.0, 1.0)
    for k in 1...12 {
      term *= -angle * angle / Double((2 * k - 1) * 2 * k)
      cosine += term
    }
    return SIMD2(cosine, (1 - cosine * cosine).squareRoot())
  }

  /// The polynomial and its derivative, by Bonnet's recursion.
  private static func legendre(_ degree: Int, _ x: Double) -> (value: Double, slope: Double) {
    var (last, value) = (1.0, x)
    for k in 1..<max(1, degree) {
      (last, value) = (
        value, (Double(2 * k + 1) * x * value - Double(k) * last) / Double(k + 1)
      )
    }
    return (value, Double(degree) * (last - x * value) / ((1 - x) * (1 + x)))
  }
}

import Compute

/// How good it is to divide rows whose weight of each class is known, kept up to date while rows
/// move from the right side to the left one.
protocol ClassScore {
  init()
  /// Brings both sides up to date before `weight` of a class moves.
  mutating func move(_ weight: Double, left: Double, right: Double)
  /// Starts with nothing left; `totals` are the weights of the classes on the right.
  mutating func start(_ totals: UnsafePointer<Double>, _ count: Int)
  /// A number that is the larger the better.
  func score(left: Double, right: Double) -> Double
  /// The same for the node as a whole, of which the right side is all.
  func whole(_ weight: Double) -> Double
}

/// Gini: Σ wLk²/wL + Σ wRk²/wR. With whole weights every sum is exact.
struct GiniScore: ClassScore {
  private var left = 0.0
  private var right = 0.0

  init() {}

  mutating func start(_ totals: UnsafePointer<Double>, _ count: Int) {
    left = 0
    right = 0
    for k in 0..<count { right += totals[k] * totals[k] }
  }

  @inline(__always)
  mutating func move(_ weight: Double, left own: Double, right other: Double) {
    left += weight * (2 * own + weight)
    right -= weight * (2 * other - weight)
  }

  @inline(__always)
  func score(left weight: Double, right other: Double) -> Double {
    left / weight + right / other
  }

  func whole(_ weight: Double) -> Double { right / weight }
}

/// Entropy: Σ wLk·ln wLk - wL·ln wL, and the same of the right side, divided by ln 2.
struct EntropyScore: ClassScore {
  private var left = 0.0
  private var right = 0.0
  private static let perBit = 1.442_695_040_888_963_4

  init() {}

  mutating func start(_ totals: UnsafePointer<Double>, _ count: Int) {
    left = 0
    right = 0
    for k in 0..<count { right += Self.part(totals[k]) }
  }

  mutating func move(_ weight: Double, left own: Double, right other: Double) {
    let parts = Self.parts(SIMD8(own + weight, own, other - weight, other, 0, 0, 0, 0))
    left += parts[0] - parts[1]
    right += parts[2] - parts[3]
  }

  func score(left weight: Double, right other: Double) -> Double {
    let parts = Self.parts(SIMD8(weight, other, 0, 0, 0, 0, 0, 0))
    return (left - parts[0] + right - parts[1]) * Self.perBit
  }

  func whole(_ weight: Double) -> Double { (right - Self.part(weight)) * Self.perBit }

  private static func part(_ x: Double) -> Double { parts(SIMD8(repeating: x))[0] }

  @inline(__always)
  private static func parts(_ x: SIMD8<Double>) -> SIMD8<Double> {
    (x * Elementary.logarithm(x)).replacing(with: 0, where: x .<= 0)
  }
}

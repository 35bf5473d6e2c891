import Support

/// Columns of numbers of every kind that statistics meet.
struct StatisticsGenerator {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  enum Kind: CaseIterable {
    case uniform, bell, ties, constant, offset, wide, huge, tiny, signs, heavy
  }

  /// Kinds whose numbers a plain sum of squares in doubles can hold.
  static let plain: [Kind] = [.uniform, .bell, .ties, .signs, .heavy]

  mutating func column(_ kind: Kind, _ count: Int) -> [Double] {
    let constant = random.pick([0, 1.5, -1e200, 0x1p-1074, 0.1])
    let scale = random.pick([1.0, 1, 100, 1e-3])
    let shift = random.pick([0.0, 0, 1, -20])
    return (0..<count).map { _ in
      switch kind {
      case .uniform: shift + scale * unit()
      case .bell: shift + scale * bell()
      case .ties: Double(Int.random(in: -3...6, using: &random))
      case .constant: constant
      case .offset: 1e9 + scale * unit()
      case .wide: exponent(-300...300)
      case .huge: exponent(1000...1023)
      case .tiny: exponent(-1074 ... -1020)
      case .signs: random.pick([-0.0, 0, 1, -1, 0.5])
      case .heavy: 1 / (unit() - 0.5)
      }
    }
  }

  mutating func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }

  mutating func bell() -> Double { (0..<6).reduce(-3.0) { sum, _ in sum + unit() } }

  mutating func integer(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }

  mutating func pick<T>(_ values: [T]) -> T { random.pick(values) }

  /// Small counts that are not all zero.
  mutating func counts(_ count: Int, upTo most: Int) -> [Int] {
    let counts = (0..<count).map { _ in random.chance(1, of: 4) ? 0 : integer(0...most) }
    return counts.contains { $0 > 0 } ? counts : counts.map { _ in 1 }
  }

  private mutating func exponent(_ range: ClosedRange<Int>) -> Double {
    let size = Double(sign: .plus, exponent: integer(range), significand: 1 + unit())
    return random.chance(1, of: 2) ? size : -size
  }
}

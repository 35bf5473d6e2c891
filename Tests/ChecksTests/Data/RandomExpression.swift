@testable import Checks
import Support

/// Random conditions whose parts fit each other.
struct RandomExpression {
  private var random: SeededRandom
  private static let columns = [
    "zeta", "글", "last name", "y.z", "and", "b`c", "not", "2nd", "a'b", "false", "_x", "ä-b",
  ]

  static func condition(seed: UInt64, depth: Int) -> RowExpression {
    var own = RandomExpression(random: SeededRandom(seed: seed))
    return own.condition(depth: depth)
  }

  private mutating func condition(depth: Int) -> RowExpression {
    guard depth > 0 else { return .comparison(.less, number(0), number(0)) }
    switch random.next() % 7 {
    case 0: return .and(condition(depth: depth - 1), condition(depth: depth - 1))
    case 1: return .or(condition(depth: depth - 1), condition(depth: depth - 1))
    case 2: return .not(condition(depth: depth - 1))
    case 3: return .isMissing(number(depth - 1), isNegated: random.chance(1, of: 2))
    case 4:
      let values: [RowExpression] = [
        .number(1), .number(-2.5), .number(1e-7), column(), .number(3e22),
      ]
      let count = Int(random.next() % 3) + 1
      return .among(
        number(depth - 1), Array(values.shuffled(using: &random).prefix(count)),
        isNegated: random.chance(1, of: 2))
    case 5:
      let texts = ["KR", "", "it's", "\"", "a\\b", "한", "x y", "`", "[", "a\nb"]
      return .comparison(
        random.pick([.equal, .unequal, .less]), column(), .text(random.pick(texts)))
    default:
      return .comparison(
        random.pick(RowExpression.Comparison.allCases), number(depth - 1), number(depth - 1))
    }
  }

  private mutating func column() -> RowExpression { .column(random.pick(Self.columns)) }

  private mutating func number(_ depth: Int) -> RowExpression {
    guard depth > 0, random.chance(1, of: 2) else {
      return random.chance(1, of: 2)
        ? column() : .number(random.pick([0, 1, -1, 0.1, -2.5e-9, 1e300, 123_456_789]))
    }
    return .arithmetic(
      random.pick([.add, .subtract, .multiply, .divide]), number(depth - 1), number(depth - 1))
  }
}

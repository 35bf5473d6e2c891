/// How many characters an expression matches, when it is always the same number.
enum PatternWidth {
  static func fixed(_ node: PatternNode) -> Int? {
    switch node {
    case .empty, .assertion, .lookAhead, .lookBehind: 0
    case .character, .set: 1
    case .sequence(let items): sum(items)
    case .choice(let branches): same(branches)
    case .repeat(let inner, let least, let most, _):
      least == most ? fixed(inner).flatMap { product($0, least) } : nil
    case .group(let inner, _), .atomic(let inner): fixed(inner)
    case .reference: nil
    case .condition(_, let then, let otherwise): same([then, otherwise])
    }
  }

  private static func sum(_ items: [PatternNode]) -> Int? {
    var total = 0
    for item in items {
      guard let width = fixed(item) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(width)
      guard !overflow else { return nil }
      total = sum
    }
    return total
  }

  private static func same(_ branches: [PatternNode]) -> Int? {
    guard let first = branches.first, let width = fixed(first) else { return nil }
    return branches.allSatisfy { fixed($0) == width } ? width : nil
  }

  private static func product(_ width: Int, _ count: Int) -> Int? {
    let (product, overflow) = width.multipliedReportingOverflow(by: count)
    return overflow ? nil : product
  }
}

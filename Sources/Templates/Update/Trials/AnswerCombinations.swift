import Formats

/// Which answers a template is tried with: every combination when they are few, else every pair of values at least once.
package enum AnswerCombinations {
  /// A question with the values it can have; the first is its default.
  package struct Factor: Sendable, Hashable {
    package var name: String
    package var values: [String]

    package init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// The combinations, as places in the values of each factor; the defaults come first.
  ///
  /// - Parameter limit: how many at most are listed in full; beyond it pairs are covered, by always taking the values that
  ///   cover most pairs that are left.
  package static func rows(of factors: [Factor], limit: Int) -> [[Int]] {
    guard !factors.isEmpty else { return [[]] }
    var total = 1
    for factor in factors {
      let (product, isTooMany) = total.multipliedReportingOverflow(by: max(1, factor.values.count))
      total = isTooMany ? .max : product
    }
    return total <= limit ? all(factors) : pairs(factors)
  }

  private static func all(_ factors: [Factor]) -> [[Int]] {
    var rows: [[Int]] = [[]]
    for factor in factors {
      rows = rows.flatMap { row in factor.values.indices.map { row + [$0] } }
    }
    return rows
  }

  private struct Pair: Hashable {
    var first: Int
    var firstValue: Int
    var second: Int
    var secondValue: Int
  }

  private static func pairs(_ factors: [Factor]) -> [[Int]] {
    var left: Set<Pair> = []
    for a in factors.indices {
      for b in factors.indices where b > a {
        for x in factors[a].values.indices {
          for y in factors[b].values.indices {
            left.insert(Pair(first: a, firstValue: x, second: b, secondValue: y))
          }
        }
      }
    }
    func covered(_ row: [Int]) -> [Pair] {
      factors.indices.flatMap { a in
        factors.indices.filter { $0 > a }.map {
          Pair(first: a, firstValue: row[a], second: $0, secondValue: row[$0])
        }
      }
    }
    var rows = [[Int](repeating: 0, count: factors.count)]
    left.subtract(covered(rows[0]))
    while !left.isEmpty {
      // The smallest pair that is left, so that the rows do not depend on the order of a set.
      let seed = left.min {
        ($0.first, $0.second, $0.firstValue, $0.secondValue)
          < ($1.first, $1.second, $1.firstValue, $1.secondValue)
      }
      guard let seed else { break }
      var row = [Int?](repeating: nil, count: factors.count)
      row[seed.first] = seed.firstValue
      row[seed.second] = seed.secondValue
      for place in factors.indices where row[place] == nil {
        let counts = factors[place].values.indices.map { value in
          factors.indices.count { other in
            guard let there = row[other], other != place else { return false }
            let pair =
              place < other
              ? Pair(first: place, firstValue: value, second: other, secondValue: there)
              : Pair(first: other, firstValue: there, second: place, secondValue: value)
            return left.contains(pair)
          }
        }
        let most = counts.max() ?? 0
        row[place] = counts.firstIndex(of: most) ?? 0
      }
      let done = row.map { $0 ?? 0 }
      left.subtract(covered(done))
      rows.append(done)
    }
    return rows
  }
}

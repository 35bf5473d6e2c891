/// How many numbers there are, their mean, and the sum of the squares of their distances from it, number by number (Welford
/// 1962): 24 bytes, where ``Moments`` are exact and large.
package struct Spread: Sendable, Hashable {
  package private(set) var count = 0
  package private(set) var mean = 0.0
  package private(set) var squares = 0.0

  package init() {}

  /// - Parameter x: finite.
  package mutating func add(_ x: Double) {
    count += 1
    let distance = x - mean
    mean += distance / Double(count)
    squares += distance * (x - mean)
  }
}

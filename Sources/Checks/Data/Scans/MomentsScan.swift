import Compute

/// Count, ends and exact sums of a column of numbers.
final class MomentsScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    var moments = Moments()
    var least = Double.infinity
    var greatest = -Double.infinity
  }

  let column: String
  let filter: RowExpression?
  private(set) var total = Sight()

  init(_ column: String, where filter: RowExpression?) {
    self.column = column
    self.filter = filter
  }

  var count: Int { total.moments.count }
  var least: Double? { count > 0 ? total.least : nil }
  var greatest: Double? { count > 0 ? total.greatest : nil }

  func look(at block: RowBlock) -> Sight {
    guard let values = block.numbers(column) else { return Sight() }
    guard let mask = block.mask(filter) else { return Self.sight(of: values) }
    return values.indices.filter { mask[$0] }.map { values[$0] }
      .withUnsafeBufferPointer(Self.sight)
  }

  private static func sight(of values: UnsafeBufferPointer<Double>) -> Sight {
    var sight = Sight()
    sight.moments.add(contentsOf: values, skippingNaN: true)
    for value in values {
      // False for NaN.
      if value < sight.least { sight.least = value }
      if value > sight.greatest { sight.greatest = value }
    }
    return sight
  }

  func take(_ sight: Sight, at place: BlockPlace) {
    total.moments.merge(sight.moments)
    total.least = min(total.least, sight.least)
    total.greatest = max(total.greatest, sight.greatest)
  }
}

import Compute

/// Exact sums of two columns' products, over rows in which both are there.
final class ProductsScan: Scan, @unchecked Sendable {
  let first: String
  let second: String
  let filter: RowExpression?
  private(set) var total = CoMoments()

  init(_ first: String, _ second: String, where filter: RowExpression?) {
    self.first = first
    self.second = second
    self.filter = filter
  }

  func look(at block: RowBlock) -> CoMoments {
    var moments = CoMoments()
    guard let xs = block.numbers(first), let ys = block.numbers(second) else { return moments }
    guard let mask = block.mask(filter) else {
      moments.add(xs, ys, skippingNaN: true)
      return moments
    }
    let rows = xs.indices.filter { mask[$0] }
    rows.map { xs[$0] }.withUnsafeBufferPointer { xs in
      rows.map { ys[$0] }.withUnsafeBufferPointer { moments.add(xs, $0, skippingNaN: true) }
    }
    return moments
  }

  func take(_ sight: CoMoments, at place: BlockPlace) { total.merge(sight) }
}

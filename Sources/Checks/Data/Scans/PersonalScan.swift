import Compute
import Patterns

/// Cells that look like data of a person.
final class PersonalScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    var considered = 0
    var counts: [PersonalDataKind: Int] = [:]
    /// What stands there is not repeated: only where.
    var samples: [RowSample] = []
  }

  let column: String
  let filter: RowExpression?
  private(set) var total = Sight()

  init(_ column: String, where filter: RowExpression?) {
    self.column = column
    self.filter = filter
  }

  func look(at block: RowBlock) -> Sight {
    var sight = Sight()
    guard let cells = block.texts(column) else { return sight }
    let mask = block.mask(filter)
    let finder = PersonalDataFinder()
    let kinds = (0..<cells.wordCount).map { finder.kind(of: cells.word($0)) }
    for row in 0..<block.rowCount where cells.codes[row] >= 0 {
      if let mask, !mask[row] { continue }
      sight.considered += 1
      guard let kind = kinds[Int(cells.codes[row])] else { continue }
      sight.counts[kind, default: 0] += 1
      if sight.samples.count < RowSample.most {
        sight.samples.append(block.sample(row, kind.rawValue))
      }
    }
    return sight
  }

  func take(_ sight: Sight, at place: BlockPlace) {
    total.considered += sight.considered
    for (kind, count) in sight.counts { total.counts[kind, default: 0] += count }
    total.samples.add(sight.samples, at: place)
  }
}

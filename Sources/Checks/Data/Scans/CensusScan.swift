import Compute

/// How many cells of a column are there, and what is wrong with the others.
final class CensusScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    var rows = 0
    var missing = 0
    var strays = 0
    var spellings: [String: Int] = [:]
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
    var sight = Sight(rows: block.rowCount)
    guard let place = block.places[column] else { return sight }
    if let mask = block.mask(filter) {
      sight.rows = 0
      let numbers = block.numbers(column)
      let texts = block.texts(column)
      for row in 0..<block.rowCount where mask[row] {
        sight.rows += 1
        if numbers.map({ $0[row].isNaN }) ?? texts.map({ $0.codes[row] < 0 }) ?? true {
          sight.missing += 1
        }
      }
      return sight
    }
    let strays = block.part.strays(of: place)
    sight.strays = strays.count
    sight.samples = strays.first.prefix(RowSample.most).map { block.sample($0.row, $0.text) }
    let missing = block.part.missing(of: place)
    sight.missing = missing.count
    sight.spellings = missing.spellings
    return sight
  }

  func take(_ sight: Sight, at place: BlockPlace) {
    total.rows += sight.rows
    total.missing += sight.missing
    total.strays += sight.strays
    for (spelling, count) in sight.spellings { total.spellings[spelling, default: 0] += count }
    total.samples.add(sight.samples, at: place)
  }
}

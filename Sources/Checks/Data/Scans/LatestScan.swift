import Compute

/// The earliest and the latest of a column's times.
final class LatestScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    var count = 0
    var unreadable = 0
    /// Seconds since 1970, and its text.
    var latest: (seconds: Double, text: String)?
    var earliest: (seconds: Double, text: String)?
  }

  let column: String
  let filter: RowExpression?
  private let format: TimeFormat?
  private(set) var total = Sight()

  /// - Parameter format: nil: ISO 8601.
  init(_ column: String, format: String?, where filter: RowExpression?) {
    self.column = column
    self.filter = filter
    self.format = format.map { TimeFormat($0) } ?? .iso
  }

  func look(at block: RowBlock) -> Sight {
    var sight = Sight()
    guard let cells = block.texts(column) else { return sight }
    let mask = block.mask(filter)
    var counts = [Int](repeating: 0, count: cells.wordCount)
    for row in 0..<block.rowCount where cells.codes[row] >= 0 {
      if let mask, !mask[row] { continue }
      sight.count += 1
      counts[Int(cells.codes[row])] += 1
    }
    for code in counts.indices where counts[code] > 0 {
      guard let seconds = format?.seconds(cells.word(code)) else {
        sight.unreadable += counts[code]
        continue
      }
      if seconds > sight.latest?.seconds ?? -.infinity {
        sight.latest = (seconds, String(decoding: cells.word(code), as: UTF8.self))
      }
      if seconds < sight.earliest?.seconds ?? .infinity {
        sight.earliest = (seconds, String(decoding: cells.word(code), as: UTF8.self))
      }
    }
    return sight
  }

  func take(_ sight: Sight, at place: BlockPlace) {
    total.count += sight.count
    total.unreadable += sight.unreadable
    if let latest = sight.latest, latest.seconds > total.latest?.seconds ?? -.infinity {
      total.latest = latest
    }
    if let earliest = sight.earliest, earliest.seconds < total.earliest?.seconds ?? .infinity {
      total.earliest = earliest
    }
  }
}

import Compute
import Platform

/// How often each value of a column stands there.
///
/// Each different value is kept.
final class CountsScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    /// Texts one behind the other, where each ends, and how often it stands there.
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var counts: [Int] = []
    var numbers = NumberCounts()
  }

  let column: String
  let filter: RowExpression?
  private let words = WordTable()
  private var wordCounts: [Int] = []
  private var numbers = NumberCounts()
  private let mostTexts: Int

  /// - Parameter mostTexts: more different texts are a failure; a ``WordTable`` holds no more.
  init(_ column: String, where filter: RowExpression?, mostTexts: Int = 1 << 30) {
    self.column = column
    self.filter = filter
    self.mostTexts = mostTexts
  }

  /// The number of different values.
  var distinct: Int { wordCounts.count + numbers.distinct }

  /// Values with their counts: numbers ascending, then texts by their bytes.
  var sorted: [(value: String, count: Int)] {
    let texts = zip(words.strings, wordCounts).sorted {
      $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
    }
    return numbers.sorted.map { ($0.value.text, $0.count) }
      + texts.map { (value: $0.0, count: $0.1) }
  }

  func look(at block: RowBlock) -> Sight {
    var sight = Sight()
    let mask = block.mask(filter)
    if let cells = block.texts(column) {
      var counts = [Int](repeating: 0, count: cells.wordCount)
      counts.withUnsafeMutableBufferPointer { counts in
        for row in 0..<block.rowCount where cells.codes[row] >= 0 {
          if let mask, !mask[row] { continue }
          counts[Int(cells.codes[row])] &+= 1
        }
      }
      for (code, count) in counts.enumerated() where count > 0 {
        sight.bytes.append(contentsOf: cells.word(code))
        sight.ends.append(sight.bytes.count)
        sight.counts.append(count)
      }
    } else if let cells = block.numbers(column) {
      let greats = block.greats(column)
      for row in 0..<block.rowCount where !cells[row].isNaN {
        if let mask, !mask[row] { continue }
        if let great = greats?[row] {
          sight.numbers.add(great)
        } else {
          sight.numbers.add(cells[row])
        }
      }
    }
    return sight
  }

  func take(_ sight: Sight, at place: BlockPlace) throws {
    try sight.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for (end, count) in zip(sight.ends, sight.counts) {
        let word = UnsafeBufferPointer(rebasing: bytes[start..<end])
        start = end
        guard let (code, isNew) = words.code(of: word), Int(code) < mostTexts else {
          throw Failure(
            .unsupported,
            "`\(column)` has more than \(DigitGroups.text(mostTexts)) different values, which are not counted",
            hint: "`unique` finds values that stand in two rows, however many there are")
        }
        if isNew { wordCounts.append(count) } else { wordCounts[Int(code)] += count }
      }
    }
    numbers.add(sight.numbers)
  }
}

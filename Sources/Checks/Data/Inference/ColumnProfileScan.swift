import Compute

/// Finds out what the cells of a column are, for a suite that nobody has written yet.
final class ColumnProfileScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    var rows = 0
    var missing = 0
    var whole = 0
    var fractions = 0
    var truths = 0
    /// By the format that reads them, in the order of ``formats``.
    var times = [Int](repeating: 0, count: ColumnProfileScan.formats.count)
    var texts = 0
    var shortest = Int.max
    var longest = 0
    /// How often each value stands there, while there are few.
    var counts: [String: Int]? = [:]
    var least = Double.infinity
    var greatest = -Double.infinity
    var moments = Moments()
  }

  /// Formats of times that data often has; nil: ISO 8601.
  static let formats: [String?] = [
    "%Y-%m-%d", nil, "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d%H%M%S",
    "%d-%b-%Y", "%m/%d/%Y %H:%M", "%Y.%m.%d",
  ]

  /// A column of more values is no category.
  static let mostCategories = 50

  let column: String
  private(set) var total = Sight()
  private let parsers = formats.map { $0.map { TimeFormat($0) } ?? .iso }

  init(_ column: String) { self.column = column }

  func look(at block: RowBlock) -> Sight {
    var sight = Sight(rows: block.rowCount)
    if let cells = block.numbers(column) {
      for row in 0..<block.rowCount { add(cells[row], 1, &sight) }
    } else if let cells = block.texts(column) {
      var counts = [Int](repeating: 0, count: cells.wordCount)
      for row in 0..<block.rowCount {
        let code = Int(cells.codes[row])
        if code < 0 { sight.missing += 1 } else { counts[code] += 1 }
      }
      for code in counts.indices where counts[code] > 0 {
        add(cells.word(code), counts[code], &sight)
      }
    }
    return sight
  }

  private func add(_ value: Double, _ count: Int, _ sight: inout Sight) {
    guard !value.isNaN else {
      sight.missing += count
      return
    }
    if value == value.rounded() { sight.whole += count } else { sight.fractions += count }
    sight.least = min(sight.least, value)
    sight.greatest = max(sight.greatest, value)
    sight.moments.add(value, times: count)
    tally(PlainValue.text(value), count, &sight)
  }

  private func tally(_ text: String, _ count: Int, _ sight: inout Sight) {
    sight.counts?[text, default: 0] += count
    if let counts = sight.counts, counts.count > Self.mostCategories { sight.counts = nil }
  }

  private func add(
    _ word: UnsafeBufferPointer<UInt8>, _ count: Int, _ sight: inout Sight
  ) {
    switch Cell(word) {
    case .missing: sight.missing += count
    case .whole(let value), .number(let value): add(value, count, &sight)
    case .text:
      let text = String(decoding: word, as: UTF8.self)
      sight.texts += count
      if ["true", "false"].contains(text.lowercased()) { sight.truths += count }
      sight.shortest = min(sight.shortest, text.unicodeScalars.count)
      sight.longest = max(sight.longest, text.unicodeScalars.count)
      if let first = word.first, (0x30...0x39).contains(first) {
        for (place, parser) in parsers.enumerated() where parser.seconds(word) != nil {
          sight.times[place] += count
        }
      }
      tally(text, count, &sight)
    }
  }

  func take(_ sight: Sight, at place: BlockPlace) {
    total.rows += sight.rows
    total.missing += sight.missing
    total.whole += sight.whole
    total.fractions += sight.fractions
    total.truths += sight.truths
    for place in total.times.indices { total.times[place] += sight.times[place] }
    total.texts += sight.texts
    total.shortest = min(total.shortest, sight.shortest)
    total.longest = max(total.longest, sight.longest)
    total.least = min(total.least, sight.least)
    total.greatest = max(total.greatest, sight.greatest)
    total.moments.merge(sight.moments)
    guard let counts = sight.counts, total.counts != nil else {
      total.counts = nil
      return
    }
    total.counts?.merge(counts, uniquingKeysWith: +)
    if let all = total.counts, all.count > Self.mostCategories { total.counts = nil }
  }
}

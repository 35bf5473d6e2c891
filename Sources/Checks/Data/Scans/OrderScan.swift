import Compute
import Glibc

/// Whether a column's values go up (or down) from row to row; those of each group by themselves.
final class OrderScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    /// By group, in the order of the block: the value of each row that has one.
    var steps: [Step] = []
    var considered = 0
    var failing = 0
    var samples: [RowSample] = []
  }

  /// The first and the last value of a group in the block.
  struct Step: Sendable {
    var group: String
    var first: SortKey
    var firstSample: RowSample
    var last: SortKey
  }

  let column: String
  let isStrict: Bool
  let isDescending: Bool
  let group: String?
  let filter: RowExpression?
  private(set) var total = Sight()
  private var lasts: [String: SortKey] = [:]

  init(
    _ column: String, isStrict: Bool, isDescending: Bool, by group: String?,
    where filter: RowExpression?
  ) {
    self.column = column
    self.isStrict = isStrict
    self.isDescending = isDescending
    self.group = group
    self.filter = filter
  }

  func look(at block: RowBlock) -> Sight {
    if group == nil {
      if let cells = block.numbers(column), block.greats(column) == nil {
        return sight(of: cells, block)
      }
      if let cells = block.texts(column), let sight = sight(of: cells, block) { return sight }
    }
    var sight = Sight()
    let mask = block.mask(filter)
    var places: [String: Int] = [:]
    for row in 0..<block.rowCount {
      if let mask, !mask[row] { continue }
      guard let key = key(block, row) else { continue }
      let own = group.map { block.text($0, row) ?? "" } ?? ""
      sight.considered += 1
      guard let place = places[own] else {
        places[own] = sight.steps.count
        sight.steps.append(
          Step(group: own, first: key, firstSample: block.sample(row, key.text), last: key))
        continue
      }
      if !follows(key, sight.steps[place].last) {
        sight.failing += 1
        if sight.samples.count < RowSample.most {
          sight.samples.append(block.sample(row, key.text))
        }
      }
      sight.steps[place].last = key
    }
    return sight
  }

  func take(_ sight: Sight, at place: BlockPlace) {
    total.considered += sight.considered
    total.failing += sight.failing
    var samples = sight.samples
    for step in sight.steps {
      if let last = lasts[step.group], !follows(step.first, last) {
        total.failing += 1
        samples.append(step.firstSample)
      }
      lasts[step.group] = step.last
    }
    total.samples.add(samples.sorted { $0.row < $1.row }, at: place)
  }

  // MARK: Without groups

  private func sight(of cells: UnsafeBufferPointer<Double>, _ block: RowBlock) -> Sight {
    steps(block) { row in
      !cells[row].isNaN
    } follows: { row, last in
      let (value, before) = (cells[row], cells[last])
      return value == before ? !isStrict : (value < before) == isDescending
    }
  }

  /// What is written in a text may be a number all the same, and has its place by size: 9 comes before 10.
  ///
  /// - Returns: nil when doubles do not tell the numbers apart.
  private func sight(of cells: TextCells, _ block: RowBlock) -> Sight? {
    let found = (0..<cells.wordCount).map { PlainNumber(cells.word($0)) }
    guard found.allSatisfy({ $0?.great == nil }) else { return nil }
    let numbers = found.map { $0?.nearest ?? .nan }
    return steps(block) { row in
      cells.codes[row] >= 0
    } follows: { row, last in
      let (code, lastCode) = (Int(cells.codes[row]), Int(cells.codes[last]))
      let (number, numberBefore) = (numbers[code], numbers[lastCode])
      guard number.isNaN, numberBefore.isNaN else {
        if number == numberBefore { return !isStrict }
        // Numbers come before texts.
        let isBefore = number < numberBefore || numberBefore.isNaN
        return isBefore == isDescending
      }
      let (value, before) = (cells.word(code), cells.word(lastCode))
      let length = min(value.count, before.count)
      var order = Int32(0)
      if let value = value.baseAddress, let before = before.baseAddress {
        order = memcmp(value, before, length)
      }
      let difference = order == 0 ? value.count - before.count : Int(order)
      return difference == 0 ? !isStrict : (difference < 0) == isDescending
    }
  }

  /// Goes from each row that has a value to the next one.
  @inline(__always)
  private func steps(
    _ block: RowBlock, has: (Int) -> Bool, follows: (_ row: Int, _ last: Int) -> Bool
  ) -> Sight {
    var sight = Sight()
    let mask = block.mask(filter)
    var (first, last) = (-1, -1)
    for row in 0..<block.rowCount where has(row) {
      if let mask, !mask[row] { continue }
      sight.considered &+= 1
      if last < 0 {
        first = row
      } else if !follows(row, last) {
        sight.failing &+= 1
        if sight.samples.count < RowSample.most {
          sight.samples.append(block.sample(row, block.text(column, row) ?? ""))
        }
      }
      last = row
    }
    if let start = key(block, first), let end = key(block, last) {
      sight.steps = [
        Step(group: "", first: start, firstSample: block.sample(first, start.text), last: end)
      ]
    }
    return sight
  }

  private func key(_ block: RowBlock, _ row: Int) -> SortKey? {
    guard row >= 0 else { return nil }
    if block.numbers(column) != nil { return block.number(column, row).map { .number($0) } }
    // What is written in a text may be a number all the same: 9 comes before 10.
    return block.text(column, row).map { PlainNumber($0).map { .number($0) } ?? .text($0) }
  }

  private func follows(_ key: SortKey, _ last: SortKey) -> Bool {
    let isEqual = key == last
    if isEqual { return !isStrict }
    return isDescending ? key < last : last < key
  }
}

/// A value that has a place among others: numbers by size, texts by their bytes, which for ISO dates is by time.
enum SortKey: Sendable, Comparable {
  case number(PlainNumber)
  case text(String)

  var text: String {
    switch self {
    case .number(let value): value.text
    case .text(let text): text
    }
  }

  static func == (left: SortKey, right: SortKey) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left == right
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.number, .text), (.text, .number): false
    }
  }

  static func < (left: SortKey, right: SortKey) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left < right
    case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}

import Compute
import Platform

/// What a first look at all lines of JSON Lines says: which columns there are, and what they hold.
struct JSONSurvey: Sendable {
  private(set) var keys = JSONKeys()
  private(set) var rowCount = 0
  private var columns: [Count] = []

  /// How many rows have what.
  private struct Count {
    var numbers = 0
    var truths = 0
    var texts = 0
    /// All numbers are whole.
    var areWhole = true
    /// The last row that had the key, and what it had there.
    var row = -1
    var last = Kind.missing
  }

  private enum Kind {
    case missing, truth, whole, number, text

    init(_ value: JSONRow.Value) {
      self =
        switch value {
        case .missing: .missing
        case .truth: .truth
        case .whole: .whole
        case .number, .unsigned: .number
        case .text, .spelled: .text
        }
    }
  }

  /// - Throws: ``ParseFailure`` for a line that is no object, and when no line names a column.
  init(_ window: TextWindow) throws {
    var row = JSONRow()
    try JSONRecords.forEachLine(of: window) { (line, number, place) throws(ParseFailure) in
      do throws(ParseFailure) {
        try row.read(line, number: number)
        try add(row)
      } catch {
        var problem = error
        (problem.line, problem.offset) = (number, place)
        throw problem
      }
    }
    guard rowCount > 0 else { throw ParseFailure("the file is empty") }
    guard keys.count > 0 else { throw ParseFailure("no line names a column") }
  }

  private mutating func add(_ row: JSONRow) throws(ParseFailure) {
    var guess = 0
    for member in row.members {
      let place: Int
      if let known = keys.place(of: member.key, guess: guess) {
        place = known
      } else {
        place = try keys.add(member.key)
        columns.append(Count())
      }
      guess = place + 1
      // Of a key that is there twice the last value counts, as for Python.
      if columns[place].row == rowCount { count(place, by: -1) }
      columns[place].row = rowCount
      columns[place].last = Kind(member.value)
      count(place, by: 1)
    }
    rowCount += 1
  }

  private mutating func count(_ place: Int, by step: Int) {
    switch columns[place].last {
    case .missing: break
    case .truth: columns[place].truths += step
    case .whole: columns[place].numbers += step
    case .number:
      columns[place].numbers += step
      columns[place].areWhole = false
    case .text: columns[place].texts += step
    }
  }

  /// What a column holds; missing values make no difference.
  func kind(of column: Int) -> Column.Kind {
    let count = columns[column]
    if count.texts == 0, count.truths == 0 {
      return count.areWhole && count.numbers > 0 ? .int : .float
    }
    return count.texts == 0 && count.numbers == 0 ? .bool : .text
  }

  /// Whether a row has no value in a column.
  func hasMissing(_ column: Int) -> Bool {
    columns[column].numbers + columns[column].truths + columns[column].texts < rowCount
  }
}

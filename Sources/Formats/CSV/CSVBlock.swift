/// Some records of a CSV text, all with the same number of fields, as places in its bytes.
///
/// ``CSVReader/read(into:records:)`` fills it; one block is used again and again, so a long file is
/// read without allocating.
package struct CSVBlock: Sendable {
  package internal(set) var recordCount = 0
  /// Fields in each record.
  package internal(set) var fieldCount = 0
  /// The line that each record starts in, counted from 1.
  package internal(set) var lines: [Int] = []

  /// Record after record.
  var fields: [Field] = []
  /// Fields that are not written in the text as they read: those with doubled quotes, or with text
  /// after the quote.
  var unquoted: [UInt8] = []

  /// Where a field's bytes are.
  struct Field: Sendable {
    /// Counts in `unquoted` from `Int.min` up, in the text from 0.
    private var place: Int
    var count: Int

    init(start: Int, count: Int, isUnquoted: Bool) {
      place = isUnquoted ? Int.min + start : start
      self.count = count
    }

    /// Whether `start` counts in `unquoted` instead of in the text.
    var isUnquoted: Bool { place < 0 }
    var start: Int { place < 0 ? place - Int.min : place }
  }

  package init() {}

  mutating func removeAll() {
    recordCount = 0
    fieldCount = 0
    lines.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    unquoted.removeAll(keepingCapacity: true)
  }
}

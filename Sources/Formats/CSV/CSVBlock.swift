/// Some records of a CSV text, all with the same number of fields, as places in its bytes.
///
/// ``CSVReader/read(into:records:)`` and ``CSVScanner`` fill it; one block is used again and again, so a long file is
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

  /// Calls a closure with the bytes of a record's fields.
  ///
  /// - Parameter text: that the block was filled from.
  package func withFields<Result, Problem: Error>(
    ofRecord record: Int, in text: UnsafeBufferPointer<UInt8>,
    _ body: (_ fields: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    precondition(record >= 0 && record < recordCount, "no such record")
    return try unquoted.withUnsafeBufferPointer { unquoted throws(Problem) in
      let all = fields[record * fieldCount..<(record + 1) * fieldCount].map { field in
        let source = field.isUnquoted ? unquoted : text
        return UnsafeBufferPointer(rebasing: source[field.start..<field.start + field.count])
      }
      return try all.withUnsafeBufferPointer(body)
    }
  }

  package mutating func removeAll() {
    recordCount = 0
    fieldCount = 0
    lines.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    unquoted.removeAll(keepingCapacity: true)
  }
}

import Compute
import Formats
import Platform

/// What the first lines of a CSV text say.
struct CSVHeader: Sendable, Hashable {
  let dialect: CSVDialect
  let limits: CSVLimits
  let names: [String]
  /// Where the first record behind the header begins, or a blank line before it, and which line that is.
  let position: Int
  let line: Int

  /// How many rows a part of so many bytes has, about.
  func rows(inPartOf size: Int) -> Int { size / max(64, 2 * names.count) }

  /// - Parameter dialect: nil finds out.
  /// - Throws: ``ParseFailure`` for a text without a header; what the window's source throws.
  init(
    _ window: TextWindow, dialect: CSVDialect?, limits: CSVLimits = CSVLimits()
  ) throws {
    let head = CSVDialect.sniffedBytes
    try window.hold(from: 0, to: head + 1)
    let dialect =
      dialect
      ?? .sniffed(Array(window.bytes.prefix(head)), isCut: window.bytes.count > head)
    self.dialect = dialect
    self.limits = limits
    let start = try CSVReader.start(of: window.bytes, dialect)
    var wanted = head
    while true {
      var scanner = CSVScanner(
        dialect: dialect, limits: limits, fieldCount: nil, position: start, line: 1,
        isWhole: window.isAtEnd)
      var block = CSVBlock()
      if let problem = scanner.scan(window.bytes, records: 1, into: &block) {
        throw problem.failure(in: window.bytes)
      }
      if scanner.isCutOff {
        wanted *= 2
        try window.hold(from: 0, to: wanted)
        continue
      }
      guard block.recordCount == 1 else {
        throw ParseFailure("the file is empty", hint: "the first line must name the columns")
      }
      names = TableFile.columnNames(
        block.withFields(ofRecord: 0, in: window.bytes) { fields in
          fields.map { String(decoding: $0, as: UTF8.self) }
        })
      position = scanner.position
      line = scanner.line
      return
    }
  }
}

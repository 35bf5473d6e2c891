import Formats
import Platform

/// A table in text, cell by cell: numbers by value, other texts as they are, but for the given folders.
struct TableReader: ContentReader {
  var name: String { "csv" }
  /// For files whose name says that tabs divide them.
  var isTabbed = false

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    var left = try Side(old, isTabbed: isTabbed)
    var right = try Side(new, isTabbed: isTabbed)
    guard try left.read(header: true), try right.read(header: true) else {
      throw ParseFailure("a table without lines")
    }
    let names = left.header
    if names.count != right.header.count {
      return findings.add { "\(names.count) columns became \(right.header.count)" }
    }
    var row = 0
    while true {
      if left.isUsed { _ = try left.read() }
      if right.isUsed { _ = try right.read() }
      guard !left.isUsed, !right.isUsed else { break }
      try findings.step()
      try compareRows(left, right, names, row, &findings)
      left.index += 1
      right.index += 1
      row += 1
    }
    let (a, b) = (try left.countRest(), try right.countRest())
    if a != b {
      findings.add(count: max(a, b)) { "\(row + a) lines became \(row + b)" }
    }
  }

  private func compareRows(
    _ left: Side, _ right: Side, _ names: [String], _ row: Int, _ findings: inout Findings
  ) throws {
    var found = findings
    left.fields { old in
      right.fields { new in
        for column in 0..<min(old.count, new.count) {
          let (a, b) = (old[column], new[column])
          if a.count == b.count, a.elementsEqual(b) { continue }
          Self.compareCells(Array(a), Array(b), &found) {
            let name =
              row == 0 || !left.hasHeader
              ? "column \(column + 1)" : "column \(OneLine.quoted(names[column]))"
            return "line \(left.line), \(name)"
          }
        }
      }
    }
    findings = found
  }

  static func compareCells(
    _ old: [UInt8], _ new: [UInt8], _ findings: inout Findings, at place: () -> String
  ) {
    if let a = WrittenNumber(Self.trimmed(old)), let b = WrittenNumber(Self.trimmed(new)) {
      findings.measure(a.value, b.value)
      if a.isSame(as: b, findings.tolerance) { return }
      let (a, b) = (String(decoding: old, as: UTF8.self), String(decoding: new, as: UTF8.self))
      return findings.add { "\(place()): \(a) became \(b)" }
    }
    func words() -> String {
      let pair = OneLine.pair(
        String(decoding: old, as: UTF8.self), String(decoding: new, as: UTF8.self))
      return "\(place()): \"\(pair.old)\" became \"\(pair.new)\""
    }
    if findings.normaliser.relocated(old) == findings.normaliser.relocated(new) {
      findings.allow { words() + ", left out as a place" }
    } else {
      findings.add(words)
    }
  }

  /// Numbers may stand in a column that is filled up with blanks.
  private static func trimmed(_ cell: [UInt8]) -> ArraySlice<UInt8> {
    let start = cell.drop { $0 == 0x20 }
    return start[..<((start.lastIndex { $0 != 0x20 } ?? start.startIndex - 1) + 1)]
  }
}

/// One of the two tables, read in blocks.
private struct Side {
  private let bytes: [UInt8]
  private var reader: CSVReader
  private var block = CSVBlock()
  var index = 0
  private(set) var header: [String] = []
  /// Whether the first line holds names, that is: not a single number.
  private(set) var hasHeader = false

  init(_ bytes: [UInt8], isTabbed: Bool) throws(ParseFailure) {
    self.bytes = bytes
    reader = try CSVReader(bytes, dialect: isTabbed ? .tabs : .sniffed(bytes))
  }

  /// Whether all that was read has been compared.
  var isUsed: Bool { index >= block.recordCount }

  var line: Int { block.lines[index] }

  mutating func read(header isFirst: Bool = false) throws(ParseFailure) -> Bool {
    index = 0
    guard try reader.read(into: &block, records: 1024) > 0 else { return false }
    if isFirst {
      var cells: [[UInt8]] = []
      fields { cells = $0.map { Array($0) } }
      header = cells.map { String(decoding: $0, as: UTF8.self) }
      hasHeader = cells.allSatisfy { WrittenNumber($0) == nil }
    }
    return true
  }

  mutating func countRest() throws(ParseFailure) -> Int {
    var count = block.recordCount - index
    while try read() { count += block.recordCount }
    return count
  }

  /// Gives the cells of the record that is next.
  func fields(_ body: (UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>) -> Void) {
    bytes.withUnsafeBufferPointer { block.withFields(ofRecord: index, in: $0, body) }
  }
}

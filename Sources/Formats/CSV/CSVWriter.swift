/// Writes CSV text (RFC 4180, lines ended by LF), quoting only what has to be.
package struct CSVWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private let dialect: CSVDialect

  package init(dialect: CSVDialect = .commas) { self.dialect = dialect }

  /// Adds a record.
  package mutating func write(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(dialect.delimiter) }
      // A record of one empty field would be an empty line, which readers skip.
      write(field, isAlone: fields.count == 1)
    }
    bytes.append(0x0A)
  }

  private mutating func write(_ field: String, isAlone: Bool) {
    let needsQuotes =
      field.utf8.contains {
        $0 == dialect.delimiter || $0 == dialect.quote || $0 == 0x0A || $0 == 0x0D
      } || isAlone && field.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      // A reader would take it for the mark of the file.
      || bytes.isEmpty && field.unicodeScalars.first == "\u{FEFF}"
    guard needsQuotes else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(dialect.quote)
    for byte in field.utf8 {
      if byte == dialect.quote { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(dialect.quote)
  }
}

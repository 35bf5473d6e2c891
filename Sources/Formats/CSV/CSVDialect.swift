/// Which bytes separate fields and quote them.
package struct CSVDialect: Sendable, Hashable {
  /// An ASCII character between two fields.
  package var delimiter: UInt8
  /// An ASCII character around a field that holds delimiters, line ends or quotes; doubled inside
  /// it.
  package var quote: UInt8

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\"")
  ) {
    self.delimiter = delimiter
    self.quote = quote
  }

  /// Commas, as RFC 4180.
  package static let commas = CSVDialect()
  /// Tabs between fields.
  package static let tabs = CSVDialect(delimiter: UInt8(ascii: "\t"))

  /// Whether the two characters can be told apart from each other, from line ends and from UTF-8
  /// sequences.
  package var isUsable: Bool {
    guard delimiter != quote else { return false }
    let characters: [UInt8] = [delimiter, quote]
    return characters.allSatisfy { byte in
      byte != 0 && byte != 0x0A && byte != 0x0D && byte < 0x80
    }
  }
}

import Platform

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

  /// What the first lines of a text look like: of comma, tab, semicolon and bar the one that divides each of them into the
  /// same number of fields; the comma when there is none.
  package static func sniffed(_ bytes: [UInt8]) -> CSVDialect {
    sniffed(Array(bytes.prefix(sniffedBytes)), isCut: bytes.count > sniffedBytes)
  }

  /// How much of a text is looked at.
  package static let sniffedBytes = 1 << 16

  /// - Parameters:
  ///   - head: the first ``sniffedBytes`` of a text.
  ///   - isCut: whether more follows.
  package static func sniffed(_ head: [UInt8], isCut: Bool) -> CSVDialect {
    let dialects = [UInt8(ascii: ","), 0x09, UInt8(ascii: ";"), UInt8(ascii: "|")].map {
      CSVDialect(delimiter: $0)
    }
    return dialects.first { divides(head, isCut: isCut, by: $0) } ?? .commas
  }

  /// Whether the first 20 records have the same number of fields, two at least.
  private static func divides(_ head: [UInt8], isCut: Bool, by dialect: CSVDialect) -> Bool {
    guard var reader = try? CSVReader(head, dialect: dialect) else { return false }
    var block = CSVBlock()
    for _ in 0..<20 {
      do throws(ParseFailure) {
        guard try reader.read(into: &block, records: 1) == 1 else { break }
      } catch {
        // The last line of a piece is no whole one.
        return isCut && head[reader.position...].firstIndex(of: 0x0A) == nil
          && (reader.fieldCount ?? 1) > 1
      }
    }
    return (reader.fieldCount ?? 1) > 1
  }

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

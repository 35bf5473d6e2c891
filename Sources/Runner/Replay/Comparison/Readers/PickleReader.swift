import Platform

/// Python's pickles, by their bytes: what they mean only Python can say.
struct PickleReader: ContentReader {
  var name: String { "bytes" }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    let place = zip(old, new).prefix { $0 == $1 }.count
    findings.add {
      "byte \(place) is the first that differs; pickles of equal objects can differ, "
        + "as they hold the order of sets and which objects were shared"
    }
  }

  /// Protocols 2 to 5 begin with their number, and all end with a dot.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    bytes.count > 3 && bytes[0] == 0x80 && (2...5).contains(bytes[1]) && bytes.last == 0x2E
  }
}

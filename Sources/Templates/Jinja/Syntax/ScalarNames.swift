/// Finds characters by their Unicode names, as `\N{EURO SIGN}` does.
enum ScalarNames {
  /// Names by their hash. Made when the first name is asked for, since nearly no template has one.
  private static let places: [Int: [UInt32]] = {
    var places: [Int: [UInt32]] = [:]
    // The rest is not assigned, or named by rule.
    let ranges: [ClosedRange<UInt32>] = [
      0...0x33FF, 0x4DC0...0x4DFF, 0xA000...0xABFF, 0xD7B0...0xD7FF, 0xE000...0x1FFFF,
      0x2F800...0x2FA1F, 0xE0000...0xE01FF,
    ]
    for range in ranges {
      for value in range {
        guard let scalar = Unicode.Scalar(value) else { continue }
        for name in [scalar.properties.name, scalar.properties.nameAlias] {
          if let name { places[name.hashValue, default: []].append(value) }
        }
      }
    }
    return places
  }()

  /// - Parameter name: in capitals.
  static func find(_ name: String) -> UInt32? {
    // No name is longer, and all are of these characters.
    guard name.utf8.count < 100, name.utf8.allSatisfy(isNameByte) else { return nil }
    if name.hasPrefix("HANGUL SYLLABLE ") { return syllable(name.dropFirst(16)) }
    if name.hasPrefix("CJK UNIFIED IDEOGRAPH-") { return ideograph(name.dropFirst(22)) }
    if let control = controls[name] { return control }
    return places[name.hashValue]?.first { value in
      let properties = Unicode.Scalar(value)?.properties
      return properties?.name == name || properties?.nameAlias == name
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: " "), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Characters without a name that have aliases (NameAliases.txt), and the abbreviations that people use.
  private static let controls: [String: UInt32] = [
    "NULL": 0x00, "NUL": 0x00, "ALERT": 0x07, "BEL": 0x07, "BACKSPACE": 0x08, "BS": 0x08,
    "CHARACTER TABULATION": 0x09, "HORIZONTAL TABULATION": 0x09, "HT": 0x09, "TAB": 0x09,
    "LINE FEED": 0x0A, "NEW LINE": 0x0A, "END OF LINE": 0x0A, "LF": 0x0A, "NL": 0x0A, "EOL": 0x0A,
    "LINE TABULATION": 0x0B, "VERTICAL TABULATION": 0x0B, "VT": 0x0B, "FORM FEED": 0x0C,
    "FF": 0x0C, "CARRIAGE RETURN": 0x0D, "CR": 0x0D, "ESCAPE": 0x1B, "ESC": 0x1B, "DELETE": 0x7F,
    "DEL": 0x7F, "NEXT LINE": 0x85, "NEL": 0x85, "NBSP": 0xA0, "SHY": 0xAD, "ZWSP": 0x200B,
    "ZWNJ": 0x200C, "ZWJ": 0x200D, "LRM": 0x200E, "RLM": 0x200F, "WJ": 0x2060, "BOM": 0xFEFF,
    "ZWNBSP": 0xFEFF, "BYTE ORDER MARK": 0xFEFF,
  ]

  // The short names of the letters (Unicode Standard, section 3.12).
  private static let leads = words("G GG N D DD R M B BB S SS _ J JJ C K T P H")
  private static let vowels = words(
    "A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I")
  private static let tails = words(
    "_ G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H")

  private static func words(_ list: String) -> [String] {
    list.split(separator: " ").map { $0 == "_" ? "" : String($0) }
  }

  private static func syllable(_ name: Substring) -> UInt32? {
    for (lead, start) in leads.enumerated() where name.hasPrefix(start) {
      let rest = name.dropFirst(start.count)
      for (vowel, middle) in vowels.enumerated() where rest.hasPrefix(middle) {
        let end = rest.dropFirst(middle.count)
        if let tail = tails.firstIndex(where: { $0 == end }) {
          return UInt32(0xAC00 + (lead * 21 + vowel) * 28 + tail)
        }
      }
    }
    return nil
  }

  /// The ideographs of Unicode 14, which CPython 3.11 knows.
  private static func ideograph(_ digits: Substring) -> UInt32? {
    guard (4...5).contains(digits.utf8.count), let value = UInt32(digits, radix: 16) else {
      return nil
    }
    let ranges: [ClosedRange<UInt32>] = [
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x2A6DF, 0x2A700...0x2B738, 0x2B740...0x2B81D,
      0x2B820...0x2CEA1, 0x2CEB0...0x2EBE0, 0x30000...0x3134A,
    ]
    return ranges.contains { $0.contains(value) } ? value : nil
  }
}

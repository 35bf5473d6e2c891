import Support

/// YAML texts, chosen and generated.
enum YAMLCases {
  static let scalars: [String] = [
    "", "~", "null", "Null", "NULL", "nULL", "yes", "Yes", "YES", "yEs", "no", "No", "NO", "true",
    "True", "TRUE", "tRUE", "false", "on", "On", "ON", "off", "Off", "OFF", "y", "n", "Y", "N",
    "0", "-0", "+0", "1", "+1", "-1", "007", "010", "08", "0o17", "0b101", "0b", "0b_", "-0b11",
    "0x1F", "0x", "0x_", "0xfF_f", "-0x10", "0XFF", "1_000", "1__0", "_1", "1_", "0_7", "0_",
    "12:30", "1:2:3", "190:20:30", "12:60", "1:60", "0:30", "-12:30", "+1:00", "12:30.5",
    "1:2:3.25", "-1:30.5", "1:.5", "12:5_9", "1_0:20", "12:30:", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "123456789012345678901234567890", "0xFFFFFFFFFFFFFFFFFFFFFFFF", "0.1", ".1", "-.1", "+.1",
    "1.", "1._", "1._5", "1_0.0_1", ".", "..", "._1", ".0", "1e5", "1e-1", "1.e5", "1.0e5",
    "1.0e+5", "1.5e+3", "1.0e-5", "1.E-5", "1.0E+30", "1.0e+400", "-1.0e+400", "1.0e-400", ".5e+3",
    "1_0.5e+3", "1.5e+1_0", "123456789.123456789", "0.1e-6", "1.0e+16", "1.0e+15",
    "12345678901234567.0", "9007199254740993.0", "0.0001", "0.00001", "-0.0", "5.0e-324",
    "1.7976931348623157e+308", "2.2250738585072014e-308", "0.30000000000000004", ".inf", ".Inf",
    ".INF", ".iNF", "-.inf", "+.inf", ".nan", ".NaN", ".NAN", ".Nan", "-.nan", "inf", "nan",
    "2020-01-02", "2020-1-2", "2020-13-01", "2020-02-30", "2020-02-29", "1900-02-29", "0000-01-01",
    "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43.10",
    "2001-12-14T21:59:43Z", "2001-12-14 21:59:43 Z", "2001-12-14 24:00:00", "2001-12-14 23:59:60",
    "2001-12-14 21:59:43.1234567", "2001-12-14 21:59:43.", "2001-12-14 21:59", "2001-12-14 1:2:3",
    "2001-12-14 21:59:43 +05:30", "2001-12-14 21:59:43+23:59", "2001-12-14 21:59:43+24:00",
    "2001-12-14 21:59:43-00:30", "2001-12-14 21:59:43+00:00", "2001-12-14 21:59:43 +5:99",
    "2001-12-14 12:00:00", "2001-12-14 12:34:00", "2001-1-1 1:00:00", "2020-01-02x", "<<", "=",
    "==", "<<<", "hello", "hello world", "it's", "C:\\dir", "a: b", "[1, two]", "[]", "{}",
    "{a: 1}", "[1.0, yes, ~, 2020-01-02, 'q', \"d\"]", "{1: a, 1.0: b, true: c}",
    "{0: a, -0.0: b, false: c, .0: d}", "{~: x}", "{.nan: 1, .NaN: 2}", "[a, [b, [c]]]",
    "{2020-01-02: x, a: {b: 2001-12-14T21:59:43Z}}", "'single'", "\"double\"", "\"a\\tb\\n\"",
    "\"\\x41\\u00e9\\U0001F600\"", "\"\\0\\a\\b\\e\\f\\v\\r\\N\\_\\L\\P\\/\"", "'it''s'", "\"'\"",
    "\"it's \\\"x\\\"\"", "é", "日本語", "😀", "\u{A0}x", "\u{200B}", "\u{FEFF}", "\u{2028}",
    "a\u{301}",
    "!!str 5", "!!int '5'", "!!int 5.5", "!!int \" 12 \"", "!!int '--5'", "!!int ''", "!!int '+'",
    "!!int '1 2'", "!!int '0b2'", "!!int '0o7'", "!!int '1:2:x'", "!!int '0x0x1f'", "!!float 5",
    "!!float inf", "!!float '1e5'", "!!float nan", "!!float ' 1.5 '", "!!float '1,5'", "!!float ''",
    "!!float '0x10'", "!!float '-'", "!!float '--5'", "!!float '1:x'", "!!float infinity",
    "!!bool yes", "!!bool maybe", "!!bool 'YES'", "!!null x", "!!null ''", "!!timestamp 2020-1-2",
    "!!timestamp foo", "!!timestamp '2020-01-02 03:04:05'", "!!binary aGVsbG8=", "!!binary aGVsbG8",
    "!!binary 'aGV sbG8='", "!!binary 'a'", "!!binary 'ab=c='", "!!binary '=='", "!!binary 'YQ=='",
    "!!binary 'YQ==YQ=='", "!!binary é", "!!binary '/+8nIg=='", "!!binary \"J2Jvb20n\"",
    "!!seq [1]", "!!seq {}", "!!map {a: 1}", "!!map []", "!!set {a}", "!!set {}", "!!set []",
    "!!omap [a: 1, b: 2]", "!!omap [a: 1, a: 2]", "!!omap {a: 1}", "!!omap [{a: 1, b: 2}]",
    "!!pairs [a: 1, a: 2]", "!!pairs []", "!!omap [x]", "!foo 5", "!!python/object:x {}", "!<x> 5",
    "!<tag:yaml.org,2002:int> 5", "! 5", "! '5'", "! \"5\\n\"", "! \"yes\\n\"", "! \"1.5\\n\"",
    "! \".inf\\n\"", "! \"2020-01-02\\n\"", "! \"\\n\"", "! ''", "! [a]", "!", "!!str", "!!int",
    "!!null",
    "&a", "&a x", "*a", "&a [*a]", "&a {b: *a}", "{? [1]: x}", "{? {}: x}", "{? !!set {}: x}",
    "!!int {=: 5}", "!!str {=: x, a: b}", "{=: 5}", "{<<: {a: 1}, b: 2}",
    "{b: 2, <<: {a: 1, b: 1}}",
    "{<<: [{a: 1}, {a: 2, b: 3}], c: 4}", "{<<: x}", "{<<: [x]}", "{<<: {<<: {a: 1}, b: 2}, c: 3}",
    "{'<<': 1}", "{! '<<': {a: 1}}", "{!!merge x: {a: 1}}", "{!!binary YQ==: 1, a: 2}",
    "{? 2001-12-14T21:59:43Z : a, ? 2001-12-14T22:59:43+01:00 : b}", "|\n  a\n  b",
    ">\n  a\n  b\n\n  c",
    "|-\n  a", "|+\n  a\n\n", ">-\n  a\n  b", "|2\n   a\n  b", "a\n  b\n\n  c", "\"a\n  b\"",
    "'a\n\n  b'",
    "# comment", "x # comment", "x#y", "a:b", "-", "- x", "?", "? x", ":", ": x", "%", "@x", "`x",
    "\t", "x\t", "\tx", "[a,]", "[,a]", "[a", "{a", "{a}", "{a: }", "{a:1}", "{'a':1}", "{\"a\":1}",
    "[a: b]", "[? a : b]", "[a:b, http://x/y]", "{a, b: c}", "[[]]", "]", "}", ",", "&", "*", "'",
    "\"",
    "1e500", "1.0e+308", "0.1e+1", "4.35", "2.675", "1.005", "100.0", "1.0e+22", "1.0e+23",
    "123e3", "1.23e+3", "0x7fffffffffffffff", "0b1111", "-0x8000000000000000", "00", "0.0", "-1.5",
    "1 2", "1,000", "$5", "5%", "1/2", "٣", "½", "NaN", "Infinity", "None", "nil", "void",
  ]

  /// A random text that looks like a number, a date or a word.
  static func scalar(_ random: inout SeededRandom) -> String {
    let alphabets: [[Character]] = [
      Array("0123456789"), Array("01_."), Array("+-0123456789._:eE"), Array("0123456789abcdefxb_"),
      Array("0123456789-:T .Z+"), Array(".infNaNyesYESnoNOtrueoff~"), Array("05:.:_9"),
    ]
    let alphabet = random.pick(alphabets)
    let count = 1 + Int(random.next() % 12)
    var text = String((0..<count).map { _ in random.pick(alphabet) })
    if random.chance(1, of: 3) { text = mutated(random.pick(Array(scalars.prefix(140))), &random) }
    // A separator or an indicator in front makes it something else than a scalar: kept, as both have to agree on it.
    return text
  }

  private static func mutated(_ text: String, _ random: inout SeededRandom) -> String {
    var characters = Array(text)
    let extra = Array("0123456789+-._:eExb ")
    if characters.isEmpty || random.chance(1, of: 3) {
      let position = Int(random.next() % UInt64(characters.count + 1))
      characters.insert(random.pick(extra), at: position)
    } else {
      let position = Int(random.next() % UInt64(characters.count))
      if random.chance(1, of: 2) {
        characters[position] = random.pick(extra)
      } else {
        characters.remove(at: position)
      }
    }
    return String(characters)
  }

  /// A random document of block and flow collections, anchors, merges, all scalar styles, comments.
  static func document(_ random: inout SeededRandom) -> String {
    var builder = YAMLDocumentBuilder(random: random)
    let text = builder.document()
    random = builder.random
    return text
  }

  /// A document with a few characters changed.
  static func damaged(_ text: String, _ random: inout SeededRandom) -> String {
    var scalars = Array(text.unicodeScalars)
    let extra = Array("-:?[]{},#&*!|>'\"%@`<= \n\tax0~".unicodeScalars)
    for _ in 0..<(1 + Int(random.next() % 3)) {
      guard !scalars.isEmpty else { break }
      let position = Int(random.next() % UInt64(scalars.count))
      switch random.next() % 3 {
      case 0: scalars[position] = random.pick(extra)
      case 1: scalars.insert(random.pick(extra), at: position)
      default: scalars.remove(at: position)
      }
    }
    var result = ""
    result.unicodeScalars.append(contentsOf: scalars)
    return result
  }
}

/// Writes random YAML that is meant to be right.
struct YAMLDocumentBuilder {
  var random: SeededRandom
  private var anchors: [String] = []
  private var mappingAnchors: [String] = []

  init(random: SeededRandom) { self.random = random }

  mutating func document() -> String {
    var text = random.chance(1, of: 10) ? "# a comment\n---\n" : ""
    text += block(indent: 0, depth: 0)
    return text + "\n"
  }

  private mutating func block(indent: Int, depth: Int) -> String {
    let spaces = String(repeating: " ", count: indent)
    let isMapping = random.chance(2, of: 3)
    let anchor = random.chance(1, of: 6) && indent > 0 ? newAnchor() : nil
    var lines: [String] = []
    for _ in 0..<(1 + Int(random.next() % 4)) {
      let head = isMapping ? key() + ":" : "-"
      var line = spaces + head
      if isMapping, random.chance(1, of: 12), let merged = mappingAnchors.last {
        line = spaces + (random.chance(1, of: 2) ? "<<: *\(merged)" : "<<: [*\(merged), {z: 1}]")
      } else if depth < 3, random.chance(1, of: 4) {
        line += "\n" + block(indent: indent + 2, depth: depth + 1)
      } else {
        line += " " + inline(indent: indent + 2)
      }
      if random.chance(1, of: 12) { line += "\n" + spaces + "# note" }
      lines.append(line)
    }
    let text = lines.joined(separator: "\n")
    guard let anchor else { return text }
    anchors.append(anchor)
    if isMapping { mappingAnchors.append(anchor) }
    // The anchor of a block collection stands on the line above it.
    return spaces + "&\(anchor)\n" + text
  }

  private mutating func newAnchor() -> String {
    "a\(anchors.count + Int(random.next() % 1000) * 100)"
  }

  private mutating func key() -> String {
    random.pick([
      "a", "b", "c", "key", "'quoted key'", "\"k\\u00e9\"", "1", "1.0", "yes", "~", "2020-01-02",
      "long key",
      "k-\(random.next() % 20)",
    ])
  }

  private mutating func inline(indent: Int) -> String {
    let spaces = String(repeating: " ", count: indent)
    switch random.next() % 12 {
    case 0: return flow(depth: 0)
    case 1: return "|\n\(spaces)first\n\(spaces)  more\n\n\(spaces)last"
    case 2: return ">-\n\(spaces)folded\n\(spaces)text\n\n\(spaces)  kept\n\(spaces)end"
    case 3: return "|+\n\(spaces)kept\n\n"
    case 4: return "plain text\n\(spaces)over lines"
    case 5: return "\"double \\\n\(spaces)  joined\\tx\""
    case 6: return "'single\n\n\(spaces)lines'"
    case 7:
      if let anchor = anchors.last { return "*\(anchor)" }
      let anchor = newAnchor()
      anchors.append(anchor)
      return "&\(anchor) \(random.pick(["x", "5", "[1, 2]"]))"
    case 8:
      return random.pick([
        "!!str 5", "!!float 3", "!!int '7'", "! 'x'", "!!binary aGk=", "!!omap [p: 1]",
      ])
    default: return word()
    }
  }

  private mutating func word() -> String {
    random.pick([
      "1", "2.5", "yes", "no", "~", "text", "two words", "0x1F", "010", "1e3", "1.0e+3", "12:30",
      "2020-01-02",
      "'q'", "\"d\"", "http://x/y?z=1#f", "a:b", "-x", "?x", ":x", "é", "x # c", "1_000", ".inf",
      "{x}",
      "2001-12-14t21:59:43.10-05:00", "",
    ])
  }

  private mutating func flow(depth: Int) -> String {
    if depth > 2 || random.chance(1, of: 3) {
      return random.pick([
        "1", "x", "yes", "'q'", "\"d\"", "2.5", "~", "a b", "http://x", "2020-01-02",
      ])
    }
    let count = Int(random.next() % 4)
    if random.chance(1, of: 2) {
      return "[" + (0..<count).map { _ in flow(depth: depth + 1) }.joined(separator: ", ") + "]"
    }
    let pairs = (0..<count).map { _ in
      random.pick(["a", "b", "'c'", "\"d\"", "1", "yes"]) + ": " + flow(depth: depth + 1)
    }
    return "{" + pairs.joined(separator: random.chance(1, of: 4) ? ",\n    " : ", ") + "}"
  }
}

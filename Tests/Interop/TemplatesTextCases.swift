import Formats
import Support
import Templates

/// One code point's properties on one line.
enum CodePointReport {
  static func line(_ scalar: Unicode.Scalar) throws(TemplateError) -> String {
    let point = scalar.value
    let text = Text(codePoints: [point])
    let kinds: [Bool] = [
      text.all(CodePoint.isAlpha), text.all(CodePoint.isAlphanumeric),
      text.all(CodePoint.isDecimal),
      text.all(CodePoint.isDigit), text.all(CodePoint.isNumeric), text.isLower, text.isUpper,
      text.isTitle, text.all(CodePoint.isSpace), text.isPrintable, text.isIdentifier,
      (Text("a") + text).isIdentifier,
    ]
    let lines = (Text("x") + text + Text("y")).lines().count
    let parts = [
      kinds.map { $0 ? "1" : "0" }.joined(), text.lowered().string, text.uppered().string,
      text.titled().string, text.caseFolded().string, text.caseSwapped().string, String(lines),
      TextRepr.quoted(text).string,
    ]
    return parts.joined(separator: " ")
  }
}

/// Names and options for slugs.
enum SlugCases {
  private static let words = [
    "My", "Project", "한국어", "템플릿", "日本語", "プロジェクト", "中文", "项目", "Ünïcödé", "ß", "Œuvre", "it's",
    "don''t",
    "1,000", "3.14", "a_b", "C++", "&amp;", "&eacute;", "&#38;", "&#x26;", "&#xZZ;", "&#99999999;",
    "&lang;", "😀",
    "👩‍💻", "𝐁𝐨𝐥𝐝", "ﬁne", "①②", "é", "e\u{301}", "İI", "ЖЗ", "Ελλάδα", "العربية", "हिन्दी", "ไทย", "the",
    "-", "--", "_",
    "…", "—", "“q”", "\u{200B}", "\u{FEFF}", "½", "№", "\t", "\n", "\u{2028}", "ꡀ", "ㄱㄴ", "힣", "豈",
    "㍿", "ｶﾞ",
  ]

  static func make(_ random: inout SeededRandom) -> JSONValue {
    var text = ""
    for _ in 0..<Int(random.next() % 7) {
      if random.chance(1, of: 6) {
        let point = UInt32(random.next() % 0x2FFFF)
        text.unicodeScalars.append(Unicode.Scalar(point) ?? "x")
      } else {
        text += random.pick(words)
      }
      if random.chance(2, of: 3) { text += random.pick([" ", " ", "-", "_", ".", ""]) }
    }
    var options: [JSONValue.Member] = []
    func add(_ name: String, _ values: [JSONValue]) {
      if random.chance(1, of: 7) { options.append(JSONValue.Member(name, random.pick(values))) }
    }
    add("entities", [false])
    add("decimal", [false])
    add("hexadecimal", [false])
    add("max_length", [0, 1, 5, 10, 20, -3])
    add("word_boundary", [true])
    add("separator", ["_", "", ".", "--"])
    add("save_order", [true])
    add("stopwords", [["the"], ["My", "project"], ["hangugeo", "a"]])
    add("regex_pattern", ["[^-a-z]+", "[^a-z0-9_]+", "\\s+"])
    add("lowercase", [false])
    add("replacements", [[["ü", "ue"], ["C++", "cpp"]], [["-", "_"]], [["a", "aa"]]])
    add("allow_unicode", [true])
    return ["text": .string(text), "options": .object(options)]
  }

  static func slug(_ test: JSONValue) throws(TemplateError) -> Text {
    var slug = Slug()
    let options = test["options"] ?? .null
    slug.entities = options["entities"]?.bool ?? true
    slug.decimal = options["decimal"]?.bool ?? true
    slug.hexadecimal = options["hexadecimal"]?.bool ?? true
    slug.maxLength = Int(options["max_length"]?.int ?? 0)
    slug.wordBoundary = options["word_boundary"]?.bool ?? false
    slug.separator = Text(options["separator"]?.string ?? "-")
    slug.saveOrder = options["save_order"]?.bool ?? false
    slug.stopwords = (options["stopwords"]?.array ?? []).compactMap(\.string).map { Text($0) }
    slug.pattern = (options["regex_pattern"]?.string).map { Text($0) }
    slug.lowercase = options["lowercase"]?.bool ?? true
    slug.replacements = (options["replacements"]?.array ?? []).map { pair in
      (old: Text(pair.array?[0].string ?? ""), new: Text(pair.array?[1].string ?? ""))
    }
    slug.allowUnicode = options["allow_unicode"]?.bool ?? false
    return try slug.make(Text(test["text"]?.string ?? ""))
  }
}

/// Moments, zones, shifts and formats.
enum TimeCases {
  private static let zones = [
    "utc", "UTC", "Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu", "America/Sao_Paulo", "Europe/Dublin", "Asia/Tehran", "Pacific/Apia", "+09:00",
    "-0530", "05",
    "Etc/GMT+5", "EST5EDT", "nope", "", "../x", "America/St_Johns", "Asia/Gaza", "Antarctica/Troll",
    "/etc/passwd", "zone.tab",
    "Africa/Monrovia", "Europe/Amsterdam", "(UTC+01:00)", "+25:00",
  ]
  private static let formats = [
    "%Y-%m-%d", "%Y", "%d/%m/%y %H:%M:%S", "%A %B %j", "%c", "%x %X", "%f %z %Z", "%G-W%V-%u",
    "%U %W %w", "%I:%M %p",
    "%-d %e %_H", "%% %", "%s", "%Q %E", "한국 %Y년", "%10Y|%-m", "%D %F %T %R %r %h %n%t %C %g",
    "%:z", "plain", "", "%^a %#b",
  ]

  static func make(_ random: inout SeededRandom) -> JSONValue {
    var offset = ""
    if random.chance(2, of: 3) {
      let names = [
        "days", "hours", "weeks", "months", "years", "minutes", "seconds", "quarters",
        "microseconds", " days ", "day", "weekday",
      ]
      let values = [
        "1", "2", "0.5", "30", " 7 ", "1.25", "100", "-3", "0", "13", "1000000", "x", "nan", "inf",
        "1e10", "1e300", "0.1",
      ]
      offset = (0..<Int(1 + random.next() % 3)).map { _ in
        random.pick(Array(names.prefix(random.chance(1, of: 10) ? 12 : 10))) + "="
          + random.pick(Array(values.prefix(random.chance(1, of: 8) ? 17 : 11)))
      }.joined(separator: ",")
    }
    // Between 1901 and 2150.
    let at = Int64(random.next() % 7_850_000_000) - 2_170_000_000
    return [
      "at": .int(at * 1_000_000 + Int64(random.next() % 1_000_000)),
      "zone": .string(random.pick(zones)),
      "offset": .string(offset), "sign": random.pick(["+", "-"]),
      "format": .string(random.pick(formats)),
    ]
  }

  static func text(_ test: JSONValue) throws(TemplateError) -> Text {
    let at = test["at"]?.int ?? 0
    var moment = Moment(
      microseconds: at, in: try Moment.zone(test["zone"]?.string ?? "", at: at))
    if let offset = test["offset"]?.string, !offset.isEmpty {
      moment = try moment.shifted(
        by: NowTag.amounts(.text(offset), sign: Text(test["sign"]?.string ?? "+")))
    }
    return moment.formatted(Text(test["format"]?.string ?? ""))
  }
}

/// Expressions and texts for them.
enum PatternCases {
  private static let atoms = [
    "a", "b", ".", "\\d", "\\w", "\\s", "[a-c]", "[^a]", "(a)", "(b|c)", "(?:ab)", "x", "(?P<n>a)",
    "\\b", "^", "$", "(?=a)", "(?!b)",
    "é", "[\\w-]", "\\.", "A", "(?<=a)", "(?<!b)", "[]a]", "\\1", "(?P=n)", "\\Z", "\\A", "(?>a+)",
    "(a|ab)", "()", "\\n", "(?i:B)", "ß", "K", "1",
  ]
  private static let broken = [
    "(", ")", "[", "*", "\\", "(?P<", "{1,2}", "a{2}", "\\q", "(?x", "[z-a]", "(?<=a+)", "\\8",
    "a**", "+", "(?P<1>a)", "(?#", "a{3,1}",
  ]

  static func make(_ random: inout SeededRandom) -> JSONValue {
    var pattern = ""
    for _ in 0..<Int(1 + random.next() % 5) {
      pattern += random.pick(atoms)
      if random.chance(2, of: 5) {
        pattern += random.pick([
          "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,}", "{,2}?", "*+", "++",
        ])
      }
      if random.chance(1, of: 9) { pattern += "|" }
      if random.chance(1, of: 30) { pattern += random.pick(broken) }
    }
    if random.chance(1, of: 6) {
      pattern = "(" + pattern + ")" + random.pick(["*", "+", "?", "{2,3}", "*?", ""])
    }
    let text = (0..<Int(random.next() % 12)).map { _ in
      random.pick([
        "a", "b", "c", "ab", "x", " ", "\n", "1", "é", "É", "A", "B", ".", "-", "ß", "K",
        "\u{212A}", "_", "ſ",
      ])
    }.joined()
    return [
      "pattern": .string(pattern), "text": .string(text),
      "flags": random.pick([0, 0, 0, 2, 8, 16, 10, 256, 64]),
      "replacement": .string(
        random.pick([
          "-", "", "<\\g<0>>", "\\\\n", "x\\n", "\\1", "\\g<n>", "\\q", "\\", "\\g<", "\\07",
        ])),
    ]
  }

  static func answer(_ test: JSONValue) throws(TemplateError) -> JSONValue {
    let pattern = try Pattern(
      Text(test["pattern"]?.string ?? ""),
      flags: Pattern.Flags(rawValue: Int(test["flags"]?.int ?? 0)))
    let text = Text(test["text"]?.string ?? "")
    var found: [JSONValue] = []
    for match in try pattern.matches(in: text) {
      let groups = (0...pattern.groupCount).map { number -> JSONValue in
        match.group(number).map { .string($0.string) } ?? .null
      }
      found.append([
        [.int(Int64(match.range.lowerBound)), .int(Int64(match.range.upperBound))], .array(groups),
      ])
    }
    let atStart = try pattern.prefixMatch(in: text) != nil
    let whole = try pattern.wholeMatch(in: text) != nil
    let replacement = try PatternReplacement(Text(test["replacement"]?.string ?? ""), for: pattern)
    let replaced = try pattern.replace(in: text) { replacement.text(for: $0) }
    return [.array(found), .bool(atStart), .bool(whole), .string(replaced.string)]
  }
}

/// Format texts with values.
enum FormatCases {
  private static func value(_ random: inout SeededRandom) -> JSONValue {
    switch random.next() % 12 {
    case 0: .int(Int64(random.next() % 2000) - 1000)
    case 1: .int(random.pick([0, 1, -1, 65, 127, 255, 1_114_112, 1_234_567_890]))
    case 2:
      .double(
        random.pick([0.5, 2.5, -1.25, 3.0, 1e16, 1e-7, 42.55, -0.0, 123456.789, 1e300, 1e22, 0.1]))
    case 3: LibraryCases.tagged("float", .string(random.pick(["nan", "inf", "-inf"])))
    case 4:
      LibraryCases.tagged(
        "big", .string(random.pick(["123456789012345678901234567890", "-100000000000000000000"])))
    case 5: .bool(random.chance(1, of: 2))
    case 6: .null
    case 7: LibraryCases.tagged("markup", "<b>&")
    case 8: ["a", 1]
    case 9: LibraryCases.tagged("dict", [["a", 1], ["b", "<"]])
    default: .string(random.pick(["", "a", "text", "é語", "it's", "<x>", "42"]))
    }
  }

  private static func frame(
    _ kind: String, _ input: String, _ arguments: [JSONValue], _ named: [JSONValue] = [],
    _ random: inout SeededRandom
  ) -> JSONValue {
    let text: JSONValue =
      random.chance(1, of: 5) ? LibraryCases.tagged("markup", .string(input)) : .string(input)
    return [
      "kind": .string(kind), "name": "str.format", "input": text, "args": .array(arguments),
      "kwargs": .array(named), "autoescape": false, "undefined": "standard",
    ]
  }

  static func percent(_ random: inout SeededRandom) -> JSONValue {
    var format = ""
    let fields = Int(random.next() % 4)
    var stars = 0
    for _ in 0..<fields {
      format += random.pick(["", "x ", "%%", "é"]) + "%"
      if random.chance(1, of: 10) { format += random.pick(["(a)", "(b)", "(c)", "(a"]) }
      format += random.pick(["", "", "-", "0", "+", " ", "#", "-0", "+#"])
      if random.chance(1, of: 15) {
        format += "*"
        stars += 1
      } else {
        format += random.pick(["", "", "5", "12", "1"])
      }
      format += random.pick(["", "", ".0", ".2", ".", ".10"])
      format += random.pick([
        "s", "s", "d", "i", "u", "r", "a", "x", "X", "o", "e", "E", "f", "F", "g", "G", "c", "y",
        "ld", "%", "",
      ])
    }
    let count =
      fields + stars + (random.chance(1, of: 8) ? 1 : 0) - (random.chance(1, of: 10) ? 1 : 0)
    let values = (0..<max(0, count)).map { _ -> JSONValue in
      let value = value(&random)
      // A star would make CPython write as much as the number says.
      if stars > 0, let number = value.int, abs(number) > 1000 { return .int(number % 20) }
      return value
    }
    let argument =
      values.count == 1 && random.chance(1, of: 2)
      ? values[0] : LibraryCases.tagged("tuple", .array(values))
    return frame("percent", format, [argument], [], &random)
  }

  static func braces(_ random: inout SeededRandom) -> JSONValue {
    var format = ""
    for _ in 0..<Int(random.next() % 4) {
      format += random.pick(["", "x ", "{{", "}}", "é"])
      format +=
        "{"
        + random.pick([
          "", "", "", "0", "1", "x", "x[a]", "0[1]", "x.real", "9", "y", "x[", "0.a", "x[0]",
        ])
      format += random.pick(["", "", "", "!r", "!s", "!a", "!z"])
      if random.chance(3, of: 5) {
        format +=
          ":" + random.pick(["", "", "*", "0", "é"]) + random.pick(["", "<", ">", "^", "="])
        format +=
          random.pick(["", "+", "-", " ", "z"]) + random.pick(["", "", "#"])
          + random.pick(["", "0"])
        format +=
          random.pick(["", "5", "12", "3"]) + random.pick(["", "", ",", "_"])
          + random.pick(["", "", ".2", ".0", ".10", "."])
        format += random.pick([
          "", "", "s", "d", "x", "X", "b", "o", "c", "e", "f", "F", "g", "G", "%", "n", "q", "dd",
          "{x}",
        ])
      }
      format += random.chance(1, of: 25) ? "" : "}"
    }
    let values = (0..<Int(1 + random.next() % 3)).map { _ in value(&random) }
    let named: [JSONValue] = random.chance(2, of: 3) ? [["x", value(&random)]] : []
    return frame("method", format, values, named, &random)
  }
}

import Formats
import Support
import Templates
import Testing

@Suite("Texts of templates, against CPython and its libraries") struct TemplatesTextInterop {
  /// Asks the peer for each case and lists the first answers that differ from ours.
  private func compare(
    _ script: String, _ cases: [JSONValue],
    _ ours: (JSONValue) throws(TemplateError) -> JSONValue
  ) throws {
    let theirs = try Peer.ask(script, about: cases)
    var differences: [String] = []
    for (test, wanted) in zip(cases, theirs) {
      var answer: JSONValue
      do throws(TemplateError) {
        answer = try ours(test)
      } catch {
        answer = ["error": .string(error.exception), "message": .string(error.message)]
      }
      if answer.text(sortingKeys: true) != wanted.text(sortingKeys: true) {
        differences.append(
          "\(test.text())\n    theirs: \(wanted.text())\n    ours:   \(answer.text())")
      }
    }
    #expect(
      differences.isEmpty,
      "\(differences.count) of \(cases.count) differ:\n\(differences.prefix(15).joined(separator: "\n"))"
    )
  }

  @Test("every code point has the cases and kinds that Python gives it")
  func codePoints() throws {
    let script = #"""
      def answer(case):
          out = []
          for v in range(case[0], case[1]):
              if 0xD800 <= v <= 0xDFFF: continue
              c = chr(v)
              kinds = "".join("01"[getattr(c, n)()] for n in ("isalpha", "isalnum", "isdecimal", "isdigit",
                  "isnumeric", "islower", "isupper", "istitle", "isspace", "isprintable", "isidentifier"))
              kinds += "01"[("a" + c).isidentifier()]
              out.append(" ".join([kinds, c.lower(), c.upper(), c.title(), c.casefold(), c.swapcase(), str(len(("x" + c + "y").splitlines())), repr(c)]))
          return "|".join(out)
      """#
    // Nothing is assigned between these.
    let starts = Array(stride(from: 0, to: 0x32000, by: 0x400)) + [0xE0000, 0xF0000, 0x10FC00]
    let cases: [JSONValue] = starts.map { [.int(Int64($0)), .int(Int64($0 + 0x400))] }
    try compare(script, cases) { (test) throws(TemplateError) -> JSONValue in
      let bounds = (test.array ?? []).compactMap(\.int)
      var lines: [String] = []
      for value in bounds[0]..<bounds[1] {
        guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
        lines.append(try CodePointReport.line(scalar))
      }
      return .string(lines.joined(separator: "|"))
    }
  }

  @Test("slugs are python-slugify's", arguments: [1, 2, 3])
  func slugs(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let cases = (0..<1500).map { _ in SlugCases.make(&random) }
    let script = #"""
      from slugify import slugify
      def answer(case):
          return slugify(case["text"], **case["options"])
      """#
    try compare(script, cases) { (test) throws(TemplateError) -> JSONValue in
      .string(try SlugCases.slug(test).string)
    }
  }

  @Test("every character of the basic plane is romanised as text-unidecode does")
  func romanisation() throws {
    let script = #"""
      import unicodedata
      from text_unidecode import unidecode
      def answer(case):
          out = []
          for v in range(case[0], case[1]):
              if 0xD800 <= v <= 0xDFFF: continue
              c = chr(v)
              out.append(unidecode(c) + "/" + unidecode(unicodedata.normalize("NFKD", c)) + "/" + unicodedata.normalize("NFKC", c))
          return "|".join(out)
      """#
    let cases: [JSONValue] = stride(from: 1, to: 0x30001, by: 0x800).map {
      [.int(Int64($0)), .int(Int64($0 + 0x800))]
    }
    try compare(script, cases) { (test) throws(TemplateError) -> JSONValue in
      let bounds = (test.array ?? []).compactMap(\.int)
      var parts: [String] = []
      for value in bounds[0]..<bounds[1] where Unicode.Scalar(UInt32(value)) != nil {
        let point = UInt32(value)
        parts.append(
          Text(codePoints: Romanisation.romanised([point])).string + "/"
            + Text(codePoints: Romanisation.romanised(Normalisation.decomposed([point]))).string
            + "/" + Text(codePoints: Normalisation.composed([point])).string)
      }
      return .string(parts.joined(separator: "|"))
    }
  }

  @Test("times in zones, shifted and formatted as arrow does it", arguments: [1, 2])
  func times(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let cases = (0..<2500).map { _ in TimeCases.make(&random) }
    let script = #"""
      import arrow, datetime
      from arrow import parser
      def answer(case):
          tz = parser.TzinfoParser.parse(case["zone"])
          a = arrow.Arrow.fromdatetime(datetime.datetime.fromtimestamp(case["at"] // 1000000, tz).replace(microsecond=case["at"] % 1000000))
          if case["offset"]:
              params = {}
              for param in case["offset"].split(","):
                  interval, value = param.split("=")
                  params[interval.strip()] = float(case["sign"] + value.strip())
              a = a.shift(**params)
          return a.strftime(case["format"])
      """#
    try compare(script, cases) { (test) throws(TemplateError) -> JSONValue in
      .string(try TimeCases.text(test).string)
    }
  }

  @Test("regular expressions match as Python's re", arguments: [1, 2, 3, 4])
  func patterns(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let cases = (0..<1500).map { _ in PatternCases.make(&random) }
    let script = #"""
      import re, warnings
      warnings.simplefilter("ignore")
      def answer(case):
          p = re.compile(case["pattern"], case["flags"])
          t = case["text"]
          out = [[list(m.span()), [m.group(i) for i in range(p.groups + 1)]] for m in p.finditer(t)]
          return [out, bool(p.match(t)), bool(p.fullmatch(t)), p.sub(case["replacement"], t)]
      """#
    try compare(script, cases) { (test) throws(TemplateError) -> JSONValue in
      try PatternCases.answer(test)
    }
  }

  @Test("file name patterns match as Python's fnmatch")
  func filePatterns() throws {
    var random = SeededRandom(seed: 5)
    let letters = [
      "a", "b", "/", "*", "?", "[", "]", "!", "-", "c", ".", "[a-c]", "[!b]", "**", "é",
    ]
    let cases: [JSONValue] = (0..<4000).map { _ in
      let pattern = (0..<Int(random.next() % 7)).map { _ in random.pick(letters) }.joined()
      let name = (0..<Int(random.next() % 7)).map { _ in
        random.pick(["a", "b", "c", "/", ".", "-", "]", "[", "!", "é"])
      }.joined()
      return [.string(pattern), .string(name)]
    }
    try compare("import fnmatch\ndef answer(case): return fnmatch.fnmatch(case[1], case[0])", cases)
    {
      (test) throws(TemplateError) -> JSONValue in
      let both = (test.array ?? []).compactMap(\.string)
      return .bool(FilePattern(Text(both[0])).matches(Text(both[1])))
    }
  }

  @Test("printf-style formatting is CPython's", arguments: [1, 2, 3])
  func percent(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    try TemplatesLibraryInterop.compare(
      (0..<2000).map { _ in FormatCases.percent(&random) })
  }

  @Test("str.format is CPython's", arguments: [1, 2, 3])
  func format(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    try TemplatesLibraryInterop.compare((0..<2000).map { _ in FormatCases.braces(&random) })
  }

  @Test("references of HTML are decoded as html.unescape does")
  func entities() throws {
    var random = SeededRandom(seed: 3)
    let names = [
      "amp", "lt", "nbsp", "notin", "not", "copy", "AMP", "CounterClockwiseContourIntegral", "acE",
      "x", "#", "#x", "é", "ampx",
    ]
    let cases: [JSONValue] = (0..<3000).map { _ in
      var text = ""
      for _ in 0..<Int(random.next() % 4) {
        switch random.next() % 4 {
        case 0: text += "&#\(random.next() % 0x11_0100);"
        case 1:
          text +=
            "&#x\(String(random.next() % 400, radix: 16))" + (random.chance(1, of: 2) ? ";" : "")
        case 2: text += "&" + random.pick(names) + random.pick([";", "", " ", "="])
        default:
          text += random.pick(["a", " b <i>c</i>", "&", ";", "<!-- x -->", "<a\n href='&lt;'>"])
        }
      }
      return .string(text)
    }
    try compare(
      "import html, markupsafe\ndef answer(case): return [html.unescape(case), str(markupsafe.Markup(case).striptags())]",
      cases
    ) {
      (test) throws(TemplateError) -> JSONValue in
      let text = Text(test.string ?? "")
      return [
        .string(MarkupText.unescaped(text).string), .string(MarkupText.strippingTags(text).string),
      ]
    }
    let all =
      "import html, html.entities\ndef answer(case): return [html.unescape('&' + n) for n in sorted(html.entities.html5)]"
    let wanted = try #require(try Peer.ask(all, about: [.null])[0].array)
    let list = "import html.entities\ndef answer(case): return sorted(html.entities.html5)"
    let every = try #require(try Peer.ask(list, about: [.null])[0].array)
    for (name, value) in zip(every, wanted) {
      #expect(MarkupText.unescaped(Text("&" + (name.string ?? ""))).string == value.string)
    }
  }
}

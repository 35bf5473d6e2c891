import Formats
import Platform
import Support
import Testing

/// TOML beside Python's `tomllib`: values of what is right, and that the same texts are refused.
@Suite("TOML as Python reads it") struct TOMLInterop {
  private static let answer = #"""
    import tomllib, datetime, struct
    def plain(v):
        if isinstance(v, bool): return ["bool", v]
        if isinstance(v, int):
            if not -2**63 <= v < 2**63: raise ValueError("beyond 64 bits")
            return ["int", str(v)]
        if isinstance(v, float): return ["float", "nan" if v != v else struct.pack(">d", v).hex()]
        if isinstance(v, (datetime.date, datetime.time)): return ["date"]
        if isinstance(v, str): return ["str", v]
        if isinstance(v, list): return ["list"] + [plain(x) for x in v]
        return ["table"] + [[k, plain(v[k])] for k in sorted(v)]
    def answer(case):
        try: return plain(tomllib.loads(case))
        except (tomllib.TOMLDecodeError, RecursionError, ValueError): return None

    """#

  private static let lines = [
    "a = 1", "b.c = 'x'", "[t]", "[t.u]", "[[l]]", "[l.x]", "[[l.y]]", "a = [1, 2, ]",
    "a = { b = 1, c.d = 2 }",
    "x = \"a\\u00e9\\n\"", "x = '''\nlong\n'''", "y = \"\"\"a \\\n   b\"\"\"", "n = 0x_f",
    "n = 0xdead_beef",
    "n = 1_000", "n = 1__0", "n = 01", "n = +5", "f = 1.5e-3", "f = 1.", "f = .5", "f = -inf",
    "f = nan",
    "d = 1979-05-27T07:32:00Z", "d = 1979-05-27 07:32:00.999-07:00", "d = 1979-05-27",
    "d = 07:32:00",
    "d = 1979-02-30", "'quoted.key' = 1", "\"\" = 2", "# comment", "a = 1 # comment", "a = true",
    "a = True",
    "t.x = 1", "[a.b.c]", "[a]", "[a.b]", "a.b = 2", "a = [\n1, # one\n2\n]",
    "z = [{a = 1}, {b = 2}]", "a = ",
    "= 1", "[t", "[[t]", "k = \"\"\"\"two quotes\"\"\"\"\"", "k = 'a\\'", "s = \"\\x41\"",
    "tab\t=\t1", "한 = 1",
    "\"한\" = '글'", "v = 9223372036854775807", "v = -9223372036854775808", "e = 1e400", "o = 0o17",
    "b = 0b1_0",
    "o = 0o8", "u = \"\\ud800\"", "w = \"\\U0001F600\"", "[ spaced . name ]", "c = {a = 1,}",
    "c = {\na = 1}",
  ]

  @Test("documents of all kinds of lines", arguments: 0..<4)
  func documents(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var texts = seed == 0 ? Self.lines.map { $0 + "\n" } : []
    while texts.count < 1000 {
      var text = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Self.lines.randomElement(using: &random) ?? ""
      }.joined(separator: Bool.random(using: &random) ? "\n" : "\r\n")
      if Int.random(in: 0..<4, using: &random) == 0, !text.isEmpty {
        var characters = Array(text)
        let place = characters.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<3, using: &random) {
        case 0: characters.remove(at: place)
        case 1:
          characters.insert(
            "\"'[]{}=.,_#\n\\\u{7}1a ".randomElement(using: &random) ?? "a", at: place)
        default: characters.swapAt(place, characters.count - 1)
        }
        text = String(characters)
      }
      texts.append(text)
    }
    let answers = try Peer.ask(Self.answer, about: texts.map { .string($0) })
    var differing = 0
    for (text, theirs) in zip(texts, answers) {
      let ours = (try? TOMLTable(parsing: Array(text.utf8))).map { Self.plain(.table($0)) } ?? .null
      if ours != theirs {
        differing += 1
        if differing < 10 {
          Issue.record("\(text.debugDescription): ours \(ours.text()), theirs \(theirs.text())")
        }
      }
    }
    #expect(differing == 0)
  }

  private static func hex(_ value: Double) -> String {
    let digits = String(value.bitPattern, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func plain(_ value: TOMLValue) -> JSONValue {
    switch value {
    case .bool(let value): [.string("bool"), .bool(value)]
    case .int(let value): [.string("int"), .string(String(value))]
    case .float(let value): [.string("float"), .string(value.isNaN ? "nan" : Self.hex(value))]
    case .date: [.string("date")]
    case .string(let text): [.string("str"), .string(text)]
    case .array(let items): .array([.string("list")] + items.map(plain))
    case .table(let table):
      .array(
        [.string("table")]
          + table.entries.sorted {
            $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
          }
          .map { .array([.string($0.key), plain($0.value)]) })
    }
  }
}

import Formats
import Support

/// Generated calls of filters, tests and methods, as JSON that both sides read.
///
/// A value is JSON itself, or `{"t": TYPE, "v": …}` for what JSON has not.
struct LibraryCases {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  static func tagged(_ type: String, _ value: JSONValue) -> JSONValue {
    ["t": .string(type), "v": value]
  }

  private static let texts = [
    "", "a", "abc", "Hello World", "  padded \t", "they're FOO_bar-baz (qux)", "ünïcödé ß ŒUVRE",
    "ΑΣ ΟΔΥΣΣΕΥΣ", "İstanbul ıspanak", "한국어 템플릿", "日本語", "e\u{301}tude", "ﬀ ŉ ǆ Ǆ ǅ",
    "line one\nline two\r\nthree\u{2028}four", "<b>bold & 'quoted' \"x\"</b>", "42", "-7", "3.75",
    " 1_000 ", "0x1f", "1e3", "nan", "inf", "½", "²", "٣", "a,b,,c", "aXbXc", "tab\there",
    "%s and %d",
    "{} {0} {x}", "aaaaaaaa", "foo bar baz qux quux", "mixedCASE", "___", "/path/to/file.txt",
    "user@example.com www.example.org http://x.io/a?b=c", "😀 emoji 👩‍👩‍👧", "\u{1F}\u{7F}\u{A0}",
    "it's \"both\"", "back\\slash", "null", "True", "x=1&y=2", " a  b\u{3000}c ", "\ta b\n",
  ]

  mutating func text() -> JSONValue {
    let text = random.pick(Self.texts)
    return random.chance(1, of: 8) ? Self.tagged("markup", .string(text)) : .string(text)
  }

  mutating func number() -> JSONValue {
    switch Int(random.next() % 9) {
    case 0: .int(0)
    case 1: .int(Int64(random.next() % 10))
    case 2: .int(-Int64(random.next() % 100))
    case 3: .double(random.pick([0.5, 2.5, -1.25, 3.0, 1e16, 1e-7, 42.55, -0.0, 123456.789]))
    case 4: .bool(random.chance(1, of: 2))
    case 5:
      Self.tagged("big", .string(random.pick(["100000000000000000000", "-9223372036854775809"])))
    case 6: .int(random.pick([79, 80, 255, 1000, 12345, 1_000_000, 1 << 40]))
    case 7: Self.tagged("float", .string(random.pick(["nan", "inf", "-inf", "1e300"])))
    default: .int(Int64(random.next() % 5) - 2)
    }
  }

  mutating func value(depth: Int = 2) -> JSONValue {
    let kinds: UInt64 = depth > 0 ? 12 : 7
    switch random.next() % kinds {
    case 0, 1, 2: return text()
    case 3, 4: return number()
    case 5: return .null
    case 6: return random.chance(1, of: 3) ? Self.tagged("undefined", .string("missing")) : text()
    case 7: return .array(items(depth: depth - 1))
    case 8: return Self.tagged("tuple", .array(items(depth: depth - 1)))
    case 9, 10: return dict(depth: depth - 1)
    default:
      return Self.tagged(
        "range", [.int(Int64(random.next() % 5)), .int(Int64(random.next() % 9)), 1])
    }
  }

  mutating func items(depth: Int) -> [JSONValue] {
    let count = Int(random.next() % 6)
    switch random.next() % 4 {
    case 0: return (0..<count).map { _ in text() }
    case 1: return (0..<count).map { _ in number() }
    case 2:
      return (0..<count).map { _ in
        Self.tagged(
          "dict",
          [
            ["name", text()], ["age", number()],
            [
              "city",
              Self.tagged("dict", [["zip", random.pick(["10", "9", 3])], ["name", text()]]),
            ],
          ])
      }
    default: return (0..<count).map { _ in value(depth: depth) }
    }
  }

  mutating func dict(depth: Int) -> JSONValue {
    var pairs: [JSONValue] = []
    for _ in 0..<Int(random.next() % 5) {
      let key: JSONValue =
        random.chance(1, of: 6) ? .int(Int64(random.next() % 4)) : .string(random.pick(Self.texts))
      pairs.append([key, value(depth: depth)])
    }
    return Self.tagged(random.chance(1, of: 6) ? "odict" : "dict", .array(pairs))
  }

  /// A call of a filter, a test or a method.
  mutating func call(
    _ kind: String, _ name: String, choices: [LibraryArguments.Choice]? = nil
  ) -> JSONValue {
    var input = kind == "method" ? methodInput(name) : filterInput(name)
    var arguments: [JSONValue] = []
    var named: [JSONValue] = []
    if let choices = choices ?? LibraryArguments.choices[name] {
      let choice = random.pick(choices)
      arguments = choice.positional.map { pick($0) }
      named = choice.named.map { [.string($0.0), pick($0.1)] }
    } else if random.chance(1, of: 3) {
      arguments = (0..<Int(random.next() % 3)).map { _ in value(depth: 1) }
    }
    if random.chance(1, of: 20) { arguments.append(value(depth: 0)) }
    if random.chance(1, of: 40) { named.append(["bogus", 1]) }
    if random.chance(1, of: 12) { input = kind == "method" ? input : value() }
    return [
      "kind": .string(kind), "name": .string(name), "input": input, "args": .array(arguments),
      "kwargs": .array(named), "autoescape": .bool(random.chance(1, of: 4)),
      "undefined": random.pick(["standard", "standard", "strict", "chainable", "debug"]),
    ]
  }

  private mutating func pick(_ argument: LibraryArguments.Argument) -> JSONValue {
    if random.chance(1, of: 25) { return value(depth: 1) }
    switch argument {
    case .text: return text()
    case .number: return .int(Int64(random.next() % 30) - 4)
    case .bool: return .bool(random.chance(1, of: 2))
    case .value: return value(depth: 1)
    case .one(let values): return random.pick(values)
    case .items: return .array(items(depth: 1))
    case .mapping: return dict(depth: 1)
    }
  }

  private mutating func filterInput(_ name: String) -> JSONValue {
    switch LibraryArguments.inputs[name] {
    case .text: text()
    case .number: random.chance(1, of: 4) ? text() : number()
    case .items: random.chance(1, of: 4) ? text() : .array(items(depth: 2))
    case .mapping: dict(depth: 2)
    default: value()
    }
  }

  private mutating func methodInput(_ name: String) -> JSONValue {
    let parts = name.split(separator: ".")
    switch parts[0] {
    case "str": return text()
    case "list": return .array(items(depth: 1))
    case "tuple": return Self.tagged("tuple", .array(items(depth: 1)))
    case "dict": return dict(depth: 1)
    case "int":
      return random.chance(1, of: 3)
        ? Self.tagged("big", "100000000000000000000") : .int(Int64(random.next() % 1000) - 300)
    case "float": return .double(random.pick([0.5, 2.5, -1.25, 3.0, 1e16, 1e-7, 42.55, 1e-300]))
    default: return Self.tagged("range", [1, .int(Int64(random.next() % 9)), 2])
    }
  }
}

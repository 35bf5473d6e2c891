/// The methods of Python's `str`.
enum StringMethods {
  typealias Body = @Sendable (Text, [Value?], Render) throws(TemplateError) -> Value

  struct Method: Sendable {
    let parameters: NativeParameters
    let body: Body

    /// The method as the library calls it.
    var function: TemplateLibrary.ValueFunction {
      let parameters = parameters
      let body = body
      return { (value, arguments, render) throws(TemplateError) -> Value in
        // `maketrans` is a static method, which knows nothing of the class it is called on.
        let receiver: Value? = parameters.name == "maketrans" ? nil : value
        let values: [Value?] = try parameters.bind(arguments, of: receiver)
        return try body(value.text ?? Text.empty, values, render)
      }
    }
  }

  /// All methods that `Markup` shares or wraps, but `join`, `format` and `format_map`.
  static let all: [Text: Method] = {
    var methods: [Text: Method] = [:]
    func add(_ name: String, _ kind: NativeParameters.Kind, _ body: @escaping Body) {
      methods[Text(name)] = Method(parameters: NativeParameters("str", name, kind), body: body)
    }
    addCasing(add)
    addPredicates(add)
    addSearching(add)
    addSplitting(add)
    addBuilding(add)
    return methods
  }()

  private typealias Add = (String, NativeParameters.Kind, @escaping Body) -> Void

  private static func addCasing(_ add: Add) {
    add("capitalize", .none) { (text, _, _) in .string(text.capitalized()) }
    add("casefold", .none) { (text, _, _) in .string(text.caseFolded()) }
    add("lower", .none) { (text, _, _) in .string(text.lowered()) }
    add("upper", .none) { (text, _, _) in .string(text.uppered()) }
    add("title", .none) { (text, _, _) in .string(text.titled()) }
    add("swapcase", .none) { (text, _, _) in .string(text.caseSwapped()) }
  }

  private static func addPredicates(_ add: Add) {
    add("isalnum", .none) { (text, _, _) in .bool(text.all(CodePoint.isAlphanumeric)) }
    add("isalpha", .none) { (text, _, _) in .bool(text.all(CodePoint.isAlpha)) }
    add("isascii", .none) { (text, _, _) in .bool(text.isASCII) }
    add("isdecimal", .none) { (text, _, _) in .bool(text.all(CodePoint.isDecimal)) }
    add("isdigit", .none) { (text, _, _) in .bool(text.all(CodePoint.isDigit)) }
    add("isidentifier", .none) { (text, _, _) in .bool(text.isIdentifier) }
    add("islower", .none) { (text, _, _) in .bool(text.isLower) }
    add("isnumeric", .none) { (text, _, _) in .bool(text.all(CodePoint.isNumeric)) }
    add("isprintable", .none) { (text, _, _) in .bool(text.isPrintable) }
    add("isspace", .none) { (text, _, _) in .bool(text.all(CodePoint.isSpace)) }
    add("istitle", .none) { (text, _, _) in .bool(text.isTitle) }
    add("isupper", .none) { (text, _, _) in .bool(text.isUpper) }
  }

  private static func addSearching(_ add: Add) {
    add("count", .parsed(1, 3)) { (text, values, render) throws(TemplateError) in
      let search = try Search(text, values, render)
      guard search.start <= text.count, search.start <= search.end else { return .int(0) }
      return .int(
        text.occurrences(
          of: search.needle, from: text.offset(of: search.start), to: text.offset(of: search.end)))
    }
    for (name, isLast, mustFind) in [
      ("find", false, false), ("rfind", true, false), ("index", false, true),
      ("rindex", true, true),
    ] {
      add(name, .parsed(1, 3)) { (text, values, render) throws(TemplateError) in
        if let place = try Search(text, values, render).place(isLast: isLast) { return .int(place) }
        if mustFind { throw .value("substring not found") }
        return .int(-1)
      }
    }
    add("startswith", .parsed(1, 3)) { (text, values, render) throws(TemplateError) in
      .bool(try hasEnd("startswith", text, values, render) { $0.hasPrefix($1) })
    }
    add("endswith", .parsed(1, 3)) { (text, values, render) throws(TemplateError) in
      .bool(try hasEnd("endswith", text, values, render) { $0.hasSuffix($1) })
    }
  }

  /// A needle and the places between which it is looked for.
  private struct Search {
    let text: Text
    let needle: Text
    let start: Int
    let end: Int

    init(_ text: Text, _ values: [Value?], _ render: Render) throws(TemplateError) {
      self.text = text
      let low = try render.bound(values.count > 1 ? values[1] : nil)
      let high = try render.bound(values.count > 2 ? values[2] : nil)
      needle = try StringMethods.text(values[0])
      (start, end) = render.range(low, high, count: text.count)
    }

    func place(isLast: Bool) -> Int? {
      guard start <= text.count, start <= end else { return nil }
      let low = text.offset(of: start)
      let high = text.offset(of: end)
      let found =
        isLast
        ? text.lastOffset(of: needle, from: low, to: high)
        : text.firstOffset(of: needle, from: low, to: high)
      return found.map { text.index(of: $0) }
    }
  }

  private static func hasEnd(
    _ name: String, _ text: Text, _ values: [Value?], _ render: Render,
    _ holds: (Text, Text) -> Bool
  ) throws(TemplateError) -> Bool {
    let low = try render.bound(values.count > 1 ? values[1] : nil)
    let high = try render.bound(values.count > 2 ? values[2] : nil)
    let (start, end) = render.range(low, high, count: text.count)
    let part: Text? = start <= min(end, text.count) ? text.characters(start..<end) : nil
    switch values[0] {
    case .tuple(let box):
      for item in box.items {
        guard let wanted = item.text else {
          throw .type(
            "tuple for \(name) must only contain str, not \(item.typeName)")
        }
        if let part, holds(part, wanted) { return true }
      }
      return false
    case .some(let value):
      guard let wanted = value.text else {
        throw .type("\(name) first arg must be str or a tuple of str, not \(value.typeName)")
      }
      return part.map { holds($0, wanted) } ?? false
    case nil: return false
    }
  }

  /// An argument that must be a text, in the words of `find`, `partition` and others.
  static func text(_ value: Value?) throws(TemplateError) -> Text {
    guard let text = value?.text else {
      throw .type("must be str, not \(value?.typeName ?? "NoneType")")
    }
    return text
  }

  /// The type of a wrong argument as CPython's generated argument checks show it.
  static func shown(_ value: Value?) -> String {
    guard let value, !value.isNone else { return "None" }
    return value.typeName
  }

  private static func addSplitting(_ add: Add) {
    for (name, isFromEnd) in [("split", false), ("rsplit", true)] {
      add(name, .named(["sep", "maxsplit"])) { (text, values, render) throws(TemplateError) in
        if let value = values[0], !value.isNone, value.text == nil {
          // The number is looked at first.
          if let most = values[1] { _ = try render.size(most) }
          throw .type("must be str or None, not \(value.typeName)")
        }
        let most =
          try values[1].map { (value) throws(TemplateError) in try render.size(value) } ?? -1
        let parts: [Text]
        if let separator = values[0]?.text {
          guard !separator.isEmpty else { throw .value("empty separator") }
          parts =
            isFromEnd
            ? text.splitFromEnd(by: separator, most: most) : text.split(by: separator, most: most)
        } else {
          parts = isFromEnd ? text.wordsFromEnd(most: most) : text.words(most: most)
        }
        try render.charge(rounds: parts.count)
        return .list(parts.map { .string($0) })
      }
    }
    add("splitlines", .named(["keepends"])) { (text, values, render) throws(TemplateError) in
      let keeps = try values[0].map { (value) throws(TemplateError) in
        try render.integerFlag(value)
      }
      return .list(text.lines(keepingEnds: keeps ?? false).map { .string($0) })
    }
    add("partition", .one) { (text, values, _) throws(TemplateError) in
      let separator = try StringMethods.text(values[0])
      guard !separator.isEmpty else { throw .value("empty separator") }
      let (left, found, right) = text.partitioned(at: separator)
      let middle = found ? values[0] ?? Value.none : .string(.empty)
      return .tuple([.string(left), middle, .string(right)])
    }
    add("rpartition", .one) { (text, values, _) throws(TemplateError) in
      let separator = try StringMethods.text(values[0])
      guard !separator.isEmpty else { throw .value("empty separator") }
      let (left, found, right) = text.partitionedAtLast(separator)
      let middle = found ? values[0] ?? Value.none : .string(.empty)
      return .tuple([.string(left), middle, .string(right)])
    }
    for (name, left, right) in [
      ("strip", true, true), ("lstrip", true, false), ("rstrip", false, true),
    ] {
      add(name, .counted(0, 1)) { (text, values, _) throws(TemplateError) in
        var characters: Text?
        if let value = values.first ?? nil, !value.isNone {
          guard let given = value.text else { throw .type("\(name) arg must be None or str") }
          characters = given
        }
        var text = text
        if left { text = text.strippedLeft(of: characters) }
        if right { text = text.strippedRight(of: characters) }
        return .string(text)
      }
    }
  }

  private static func addBuilding(_ add: Add) {
    typealias Padder = @Sendable (Text, Int, Text) throws(TemplateError) -> Text
    let padders: [(String, Padder)] = [
      (
        "center",
        { (text, width, fill) throws(TemplateError) in try text.centered(in: width, with: fill) }
      ),
      (
        "ljust",
        { (text, width, fill) throws(TemplateError) in try text.paddedRight(to: width, with: fill) }
      ),
      (
        "rjust",
        { (text, width, fill) throws(TemplateError) in try text.paddedLeft(to: width, with: fill) }
      ),
    ]
    for (name, pad) in padders {
      add(name, .counted(1, 2)) { (text, values, render) throws(TemplateError) in
        let width = try render.size(values[0] ?? .none)
        var fill: Text = " "
        if values.count > 1, let value = values[1] {
          guard let given = value.text else {
            throw .type(
              "The fill character must be a unicode character, not \(value.typeName)")
          }
          guard given.count == 1 else {
            throw .type("The fill character must be exactly one character long")
          }
          fill = given
        }
        return .string(try pad(text, width, fill))
      }
    }
    add("zfill", .one) { (text, values, render) throws(TemplateError) in
      .string(try text.zeroFilled(to: render.size(values[0] ?? .none)))
    }
    add("expandtabs", .named(["tabsize"])) { (text, values, render) throws(TemplateError) in
      var size = 8
      if let value = values[0] {
        size = try render.size(value)
        guard Int32(exactly: size) != nil else {
          throw .overflow("Python int too large to convert to C int")
        }
      }
      return .string(try text.expandingTabs(to: size))
    }
    add("replace", .counted(2, 3)) { (text, values, render) throws(TemplateError) in
      for index in 0..<2 where values[index]?.text == nil {
        throw .type(
          "replace() argument \(index + 1) must be str, not "
            + Self.shown(values[index]))
      }
      let most = values.count > 2 ? try render.size(values[2] ?? .none) : -1
      return .string(
        try text.replacing(values[0]?.text ?? .empty, with: values[1]?.text ?? .empty, most: most))
    }
    for (name, isPrefix) in [("removeprefix", true), ("removesuffix", false)] {
      add(name, .one) { (text, values, _) throws(TemplateError) in
        guard let part = values[0]?.text else {
          throw .type("\(name)() argument must be str, not \(Self.shown(values[0]))")
        }
        guard !part.isEmpty, isPrefix ? text.hasPrefix(part) : text.hasSuffix(part) else {
          return .string(text)
        }
        let size = part.bytes.count
        return .string(
          Text(isPrefix ? text.bytes.dropFirst(size) : text.bytes.dropLast(size)))
      }
    }
    add("translate", .one) { (text, values, render) throws(TemplateError) in
      try Translation.translate(text, values[0] ?? .none, render)
    }
    add("maketrans", .counted(1, 3)) { (_, values, render) throws(TemplateError) in
      try Translation.table(values, render)
    }
    add("encode", .named(["encoding", "errors"])) { (text, values, _) throws(TemplateError) in
      try Encoding.encode(text, values)
    }
  }
}

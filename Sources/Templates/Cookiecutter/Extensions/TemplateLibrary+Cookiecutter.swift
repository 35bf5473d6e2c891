import Glibc

extension TemplateLibrary {
  /// What every template of cookiecutter's has beside Jinja2's own: its five extensions.
  package static let cookiecutter = makeCookiecutter()

  private static func makeCookiecutter() -> TemplateLibrary {
    var library = TemplateLibrary.standard
    // Through a constant with its type: a closure that throws a typed error cannot be assigned to a subscript directly.
    let jsonify: ValueFunction = Self.jsonify
    let slugify: ValueFunction = Self.slugify
    library.filters["jsonify"] = jsonify
    library.filters["slugify"] = slugify
    library.tags["now"] = NowTag.tag()
    library.addFunction("uuid4", Self.uuid4)
    library.addFunction("random_ascii_string", Self.randomText)
    return library
  }

  // MARK: jsonify

  @Sendable private static func jsonify(
    _ value: Value, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    let bound = try Signature("JsonifyExtension.__init__.<locals>.jsonify", "obj", "indent?").bind(
      arguments.prepending(value))
    var writer = JSONFilter(indent: .spaces(4), render: render)
    switch bound[1] {
    case nil: break
    case Value.none?: writer.indent = .none
    case .string(let text)?: writer.indent = .text(text.bytes)
    case let given?:
      guard let count = given.index else {
        throw .type("can't multiply sequence by non-int of type '\(given.typeName)'")
      }
      writer.indent = .spaces(min(max(0, count), 1 << 16))
    }
    try writer.write(value, depth: 0)
    return .string(Text(bytes: writer.bytes))
  }

  // MARK: slugify

  private static let slugSignature = Signature(
    "SlugifyExtension.__init__.<locals>.slugify", "value", "entities?", "decimal?",
    "hexadecimal?", "max_length?", "word_boundary?", "separator?", "save_order?", "stopwords?",
    "regex_pattern?", "lowercase?", "replacements?", "allow_unicode?")

  @Sendable private static func slugify(
    _ value: Value, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    let bound = try slugSignature.bind(arguments.prepending(value))
    var slug = Slug()
    if let given = bound[1] { slug.entities = try render.truth(given) }
    if let given = bound[2] { slug.decimal = try render.truth(given) }
    if let given = bound[3] { slug.hexadecimal = try render.truth(given) }
    if let given = bound[4] { slug.maxLength = given.index ?? 0 }
    if let given = bound[5] { slug.wordBoundary = try render.truth(given) }
    if let given = bound[6]?.text { slug.separator = given }
    if let given = bound[7] { slug.saveOrder = try render.truth(given) }
    if let given = bound[8] { slug.stopwords = try texts(given, render) }
    if let given = bound[9]?.text { slug.pattern = given }
    if let given = bound[10] { slug.lowercase = try render.truth(given) }
    if let given = bound[11] {
      for pair in try render.items(given) {
        let both = try texts(pair, render)
        guard both.count == 2 else { throw .value("not enough values to unpack (expected 2)") }
        slug.replacements.append((both[0], both[1]))
      }
    }
    if let given = bound[12] { slug.allowUnicode = try render.truth(given) }
    return .string(try slug.make(try render.str(value)))
  }

  private static func texts(_ value: Value, _ render: Render) throws(TemplateError) -> [Text] {
    let items = try render.items(value)
    return items.compactMap(\.text)
  }

  // MARK: Chance

  @Sendable private static func uuid4(
    _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    _ = try Signature("UUIDExtension.__init__.<locals>.uuid4").bind(arguments)
    return .text(randomUUID())
  }

  private static func randomUUID() -> String {
    var generator = SystemRandomNumberGenerator()
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    // Version 4, variant 1 (RFC 4122, section 4.4).
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array("0123456789abcdef")
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append("-") }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }

  @Sendable private static func randomText(
    _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    let bound = try Signature(
      "RandomStringExtension.__init__.<locals>.random_ascii_string", "length", "punctuation?"
    ).bind(arguments)
    guard let length = bound[0]?.index else {
      throw .type(
        "'\(bound[0]?.typeName ?? "NoneType")' object cannot be interpreted as an integer")
    }
    try render.charge(rounds: max(0, length))
    var letters = Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
    letters += Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    if let more = bound[1], try render.truth(more) {
      letters += Array("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".utf8)
    }
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    for _ in 0..<max(0, length) {
      bytes.append(letters.randomElement(using: &generator) ?? 0x61)
    }
    return .string(Text(bytes: bytes))
  }
}

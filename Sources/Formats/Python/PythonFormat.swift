/// Fills a format string as CPython's `str.format(**values)` does.
///
/// The grammar is that of "Format String Syntax" in the Python library reference; where CPython is more lenient or
/// stricter than the text, CPython 3.11 decides. There are no positional values.
package struct PythonFormat {
  /// A stretch of the result.
  package enum Piece: Sendable, Hashable {
    case literal(String)
    /// What `{name}` with nothing else in the braces became.
    case value(name: String, String)

    package var text: String {
      switch self {
      case .literal(let text), .value(_, let text): text
      }
    }
  }

  /// How much text may come out, in UTF-8 bytes. Linux takes 128 KiB for one argument of a program, so nothing that
  /// could be run is refused, and a short format cannot fill the memory.
  package static let longest = 1 << 20

  private let value: (String) -> YAMLValue?
  private var length = 0
  private var numbering: Numbering?

  private enum Numbering { case automatic, manual }

  /// Formats values that are all texts, and keeps apart what is literal and what is a value.
  ///
  /// - Parameter value: the value of a name; nil when there is none.
  package static func pieces(
    of format: String, value: @escaping (String) -> String?
  ) throws(PythonFormatError) -> [Piece] {
    var formatter = PythonFormat { name in value(name).map { .string($0) } }
    return try formatter.expand(Array(format.unicodeScalars)[...], depth: 2)
  }

  /// The formatted text, of values of any type.
  package static func text(
    _ format: String, values: @escaping (String) -> YAMLValue?
  ) throws(PythonFormatError) -> String {
    var formatter = PythonFormat(value: values)
    return joined(try formatter.expand(Array(format.unicodeScalars)[...], depth: 2))
  }

  /// The formatted text.
  package static func text(
    _ format: String, value: @escaping (String) -> String?
  ) throws(PythonFormatError) -> String {
    joined(try pieces(of: format, value: value))
  }

  private init(value: @escaping (String) -> YAMLValue?) { self.value = value }

  private static func joined(_ pieces: [Piece]) -> String { pieces.map(\.text).joined() }

  private mutating func expand(
    _ format: ArraySlice<Unicode.Scalar>, depth: Int
  ) throws(PythonFormatError) -> [Piece] {
    guard depth > 0 else { throw PythonFormatError(.value, "Max string recursion exceeded") }
    var scanner = PythonFormatScanner(format)
    var pieces: [Piece] = []
    while let markup = try scanner.next() {
      if !markup.literal.isEmpty { pieces.append(.literal(String(scalars: markup.literal))) }
      guard let field = markup.field else { continue }
      let piece = try render(field, depth: depth)
      pieces.append(piece)
      length += piece.text.utf8.count
      guard length <= Self.longest else {
        throw PythonFormatError(.unsupported, "a text of more than \(Self.longest) bytes")
      }
    }
    return pieces
  }

  private mutating func render(
    _ field: PythonFormatScanner.Field, depth: Int
  ) throws(PythonFormatError) -> Piece {
    var value = try lookUp(field.name)
    switch field.conversion {
    case nil: break
    case "s": value = .string(value.pythonText)
    case "r": value = .string(value.pythonRepr)
    case "a": value = .string(PythonText.ascii(value.pythonRepr))
    case .some(let other):
      let shown =
        other.value > 32 && other.value < 127
        ? String(other) : "\\x" + String(other.value, radix: 16)
      throw PythonFormatError(.value, "Unknown conversion specifier \(shown)")
    }
    var specification = field.specification
    if field.specificationHasFields {
      let expanded = try expand(specification, depth: depth - 1)
      specification = Array(Self.joined(expanded).unicodeScalars)[...]
    }
    if !specification.isEmpty {
      return .literal(try Self.formatted(value, specification))
    }
    let text = value.pythonText
    let name = String(scalars: field.name)
    let isPlain = field.conversion == nil && !field.name.contains { $0 == "." || $0 == "[" }
    return isPlain ? .value(name: name, text) : .literal(text)
  }

  /// The value of `name`, `name[0]`, `name.part`, …
  private mutating func lookUp(
    _ field: ArraySlice<Unicode.Scalar>
  ) throws(PythonFormatError) -> YAMLValue {
    let nameEnd = field.firstIndex { $0 == "." || $0 == "[" } ?? field.endIndex
    let name = field[..<nameEnd]
    let index = try PythonFormatScanner.index(name)
    let kind: Numbering? = name.isEmpty ? .automatic : index == nil ? nil : .manual
    if let kind {
      try count(kind)
      throw PythonFormatError(
        .index, "Replacement index \(index ?? 0) out of range for positional args tuple")
    }
    let key = String(scalars: name)
    guard var value = value(key) else { throw PythonFormatError(.key, key) }
    var rest = field[nameEnd...]
    while let first = rest.popFirst() {
      if first == "." {
        let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
        let attribute = String(scalars: rest[..<end])
        guard !attribute.isEmpty else { throw emptyAttribute }
        value = try value.attribute(attribute)
        rest = rest[end...]
        continue
      }
      guard first == "[" else {
        throw PythonFormatError(
          .value, "Only '.' or '[' may follow ']' in format field specifier")
      }
      guard let end = rest.firstIndex(of: "]") else {
        throw PythonFormatError(.value, "Missing ']' in format string")
      }
      let item = rest[..<end]
      let index = try PythonFormatScanner.index(item)
      guard !item.isEmpty else { throw emptyAttribute }
      value = try value.item(index, key: String(scalars: item))
      rest = rest[(end + 1)...]
    }
    return value
  }

  private mutating func count(_ kind: Numbering) throws(PythonFormatError) {
    switch (numbering, kind) {
    case (.manual, .automatic):
      throw PythonFormatError(
        .value, "cannot switch from manual field specification to automatic field numbering")
    case (.automatic, .manual):
      throw PythonFormatError(
        .value, "cannot switch from automatic field numbering to manual field specification")
    default: numbering = kind
    }
  }

  private var emptyAttribute: PythonFormatError {
    PythonFormatError(.value, "Empty attribute in format string")
  }
}

extension String {
  /// The text of these scalars.
  package init(scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}

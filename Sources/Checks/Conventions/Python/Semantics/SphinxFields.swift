import Python

/// The fields of a docstring in Sphinx's style: `:param name: what it is`.
struct SphinxFields {
  /// Names of parameters that are described, and where each stands.
  private(set) var parameters: [(name: String, range: Range<Int>)] = []
  private(set) var returns: Range<Int>?
  private(set) var yields: Range<Int>?
  /// `:rtype:`, which tells of what is returned too.
  private(set) var returnType: Range<Int>?
  private(set) var exceptions: [(name: String, range: Range<Int>)] = []

  /// Words of Sphinx for a parameter (Sphinx' documentation, "The Python Domain", "Info field lists").
  private static let parameterWords: Set<String> = [
    "param", "parameter", "arg", "argument", "key", "keyword", "kwarg",
  ]
  private static let raiseWords: Set<String> = ["raises", "raise", "except", "exception"]

  init(_ docstring: Docstring) {
    for line in docstring.lines {
      let start = docstring.leadingSpace(line).upperBound
      guard let (words, range) = Self.field(start..<line.upperBound, docstring) else { continue }
      let first = String(words[0])
      if Self.parameterWords.contains(first), words.count > 1, let name = words.last {
        parameters.append((String(name.drop { $0 == "*" || $0 == "\\" }), range))
      } else if Self.raiseWords.contains(first) {
        for word in words.dropFirst() {
          exceptions.append((String(word.filter { $0 != "," && $0 != "~" && $0 != "!" }), range))
        }
      } else if words.count == 1 {
        switch first {
        case "return", "returns": returns = range
        case "yield", "yields": yields = range
        case "rtype": returnType = range
        default: break
        }
      }
    }
  }

  /// Whether a docstring has any such field.
  static func isStyle(of docstring: Docstring) -> Bool {
    docstring.lines.contains { line in
      let start = docstring.leadingSpace(line).upperBound
      guard let (words, _) = field(start..<line.upperBound, docstring) else { return false }
      let first = String(words[0])
      return parameterWords.contains(first) && words.count > 1 || raiseWords.contains(first)
        || ["return", "returns", "yield", "yields", "rtype"].contains(first)
    }
  }

  /// The words between the colons that a line begins with.
  private static func field(
    _ rest: Range<Int>, _ docstring: Docstring
  ) -> (words: [Substring], range: Range<Int>)? {
    let bytes = docstring.bytes
    guard !rest.isEmpty, bytes[rest.lowerBound] == UInt8(ascii: ":") else { return nil }
    let inner = (rest.lowerBound + 1)..<rest.upperBound
    guard let end = bytes[inner].firstIndex(of: UInt8(ascii: ":")), end > inner.lowerBound else {
      return nil
    }
    // ":class:`X`" is no field.
    if end + 1 < rest.upperBound, bytes[end + 1] == UInt8(ascii: "`") { return nil }
    let words = docstring.text(inner.lowerBound..<end).split { $0 == " " || $0 == "\t" }
    return words.isEmpty ? nil : (words, rest.lowerBound..<(end + 1))
  }
}

extension Docstring {
  var sphinxFields: SphinxFields { SphinxFields(self) }
}

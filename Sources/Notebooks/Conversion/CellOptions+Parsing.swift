import Formats

extension CellOptions {
  /// Reads `title key=value key2={"a": 1}` or `title {"key": "value"}`.
  ///
  /// What cannot be read is kept as text under `incorrectly_encoded_metadata`, and written back as it was.
  static func parse(titled text: String) -> (title: String, options: CellOptions) {
    let text = text.trimmed
    guard let json = jsonPart(text) else {
      var words: [Substring]
      if let equal = text.firstIndex(of: "=") {
        words = text[..<equal].split(separator: " ", omittingEmptySubsequences: false)
        while words.last?.isEmpty == true { words.removeLast() }
        // The last word is the key.
        if !words.isEmpty { words.removeLast() }
      } else {
        words = text.split(separator: " ", omittingEmptySubsequences: false)
      }
      while let last = words.last, String(last).isBlank || last.hasPrefix(".") {
        words.removeLast()
      }
      let title = words.joined(separator: " ")
      return (title, CellOptions(pairs: text.dropping(title.utf8.count)))
    }
    return (json.title, json.options)
  }

  /// Reads `language key=value`, the language being one that Jupyter knows.
  static func parse(fenced text: String) -> (language: String, options: CellOptions) {
    let text = text.trimmed
    if let json = jsonPart(text) { return (json.title, json.options) }
    if isLanguage(text) { return (text, CellOptions()) }
    guard let space = text.firstIndex(of: " ") else { return ("", CellOptions(pairs: text)) }
    let first = String(text[..<space])
    guard isLanguage(first) else { return ("", CellOptions(pairs: text)) }
    return (first, CellOptions(pairs: String(text[text.index(after: space)...])))
  }

  private static func isLanguage(_ text: String) -> Bool {
    let lower = text.lowercased()
    return ScriptLanguage.magics.contains { $0.lowercased() == lower }
  }

  /// Whether a text has an object of JSON before any `=`.
  static func isJSON(_ text: String) -> Bool {
    guard let brace = text.utf8.firstIndex(of: UInt8(ascii: "{")) else { return false }
    guard let equal = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return true }
    return brace < equal
  }

  private static func jsonPart(_ text: String) -> (title: String, options: CellOptions)? {
    guard isJSON(text), let brace = text.utf8.firstIndex(of: UInt8(ascii: "{")) else { return nil }
    let rest = String(text[brace...])
    let title = String(text[..<brace]).trimmed
    if let object = value(rest)?.object { return (title, CellOptions(object)) }
    return (title, unreadable(rest))
  }

  private static func unreadable(_ text: String) -> CellOptions {
    var options = CellOptions()
    options["incorrectly_encoded_metadata"] = .string(text)
    return options
  }

  /// Reads `key=value` from the right, where a value may hold spaces and `=`.
  init(pairs text: String) {
    var rest = text.trimmed[...]
    var found: [(String, NotebookJSON)] = []
    while !rest.isEmpty {
      let word = rest.lastIndex(of: " ").map { rest.index(after: $0) } ?? rest.startIndex
      if !rest.hasPrefix("--"), Self.isIdentifier(rest[word...]) {
        found.append((String(rest[word...]), .null))
        rest = rest[..<word]
      } else if let (key, value, start) = Self.lastPair(rest) {
        found.append((key, value))
        rest = rest[..<start]
      } else {
        found.append(("incorrectly_encoded_metadata", .string(String(rest))))
        rest = ""
      }
      rest = String(rest).trimmed[...]
    }
    self.init()
    for (key, value) in found.reversed() { self[key] = value }
  }

  private static func lastPair(_ text: Substring) -> (String, NotebookJSON, Substring.Index)? {
    var end = text.endIndex
    while let equal = text[..<end].lastIndex(of: "=") {
      end = equal
      var left = text[..<equal]
      while left.unicodeScalars.last?.isPythonSpace == true { left = left.dropLast() }
      let start = left.lastIndex(of: " ").map { left.index(after: $0) } ?? left.startIndex
      let key = String(left[start...]).trimmed
      guard isKey(key), let value = value(String(text[text.index(after: equal)...])) else {
        continue
      }
      return (key, value, start)
    }
    return nil
  }

  /// JSON, or a literal of Python.
  private static func value(_ text: String) -> NotebookJSON? {
    let bytes = Array(text.trimmed.utf8)
    if let json = try? NotebookJSON(parsing: bytes) { return json }
    return (try? PythonLiteral(parsing: bytes)).flatMap(NotebookJSON.init)
  }

  private static func isIdentifier(_ text: Substring) -> Bool {
    guard let first = text.unicodeScalars.first, first.isASCIILetter || first == "_" || first == "."
    else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.isASCIILetter || (0x30...0x39).contains($0.value) || $0 == "_" || $0 == "."
    }
  }

  /// Whether metadata of this name can be written: letters, digits, `_`, `.`, `@`, `/`, `-`.
  static func isKey(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.isASCIILetter || (0x30...0x39).contains($0.value) || "_.@/-".unicodeScalars.contains($0)
      }
  }
}

extension NotebookJSON {
  /// Nil for what JSON has not: keys that are no texts.
  init?(_ literal: PythonLiteral) {
    switch literal {
    case .none: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .string(let text): self = .string(text)
    case .list(let items), .tuple(let items):
      let values = items.compactMap(NotebookJSON.init)
      guard values.count == items.count else { return nil }
      self = .array(values)
    case .dictionary(let entries):
      var object = NotebookObject()
      for entry in entries {
        guard let key = entry.key.string, let value = NotebookJSON(entry.value) else { return nil }
        object[key] = value
      }
      self = .object(object)
    }
  }
}

/// Program text with its comments, texts, numbers and words of the language marked, by what most languages have in common.
///
/// It is a look, not an understanding: what it takes for something else is shown in another colour, and nothing is lost.
struct CodeText {
  let source: String
  private let comment: String
  private let keywords: Set<String>
  private let hasTriples: Bool

  init(_ source: String, _ language: String) {
    self.source = source
    switch language.lowercased() {
    case "swift":
      (comment, keywords, hasTriples) = ("//", Self.swift, true)
    case "javascript", "js", "typescript", "scala", "java", "c", "cpp", "rust", "go":
      (comment, keywords, hasTriples) = ("//", Self.swift, false)
    case "r", "julia", "bash", "sh", "shell", "perl", "yaml":
      (comment, keywords, hasTriples) = ("#", Self.shell, false)
    default:
      // A cell of another language in a notebook of Python.
      let isShell = source.hasPrefix("%%bash") || source.hasPrefix("%%sh")
      (comment, keywords, hasTriples) = ("#", isShell ? Self.shell : Self.python, !isShell)
    }
  }

  var html: HTML {
    var html: HTML = .nothing
    var plain = ""
    var rest = source[...]
    func put(_ text: Substring, _ name: String) {
      html += "\(plain)<span class=\"\(name)\">\(text)</span>"
      plain = ""
    }
    while let first = rest.first {
      if rest.hasPrefix(comment) {
        let text = rest.prefix { !$0.isNewline }
        put(text, "hc")
        rest = rest.dropFirst(text.count)
      } else if first == "\"" || first == "'" {
        let text = quoted(rest, first)
        put(text, "hs")
        rest = rest[text.endIndex...]
      } else if first.isNumber {
        let text = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
        put(text, "hn")
        rest = rest[text.endIndex...]
      } else if first.isLetter || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        if keywords.contains(String(word)) { put(word, "hk") } else { plain += word }
        rest = rest[word.endIndex...]
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
    }
    return html + "\(plain)"
  }

  /// A text with its quotes; one without an end goes to the end of its line.
  private func quoted(_ rest: Substring, _ quote: Character) -> Substring {
    let triple = String(repeating: quote, count: 3)
    if hasTriples, rest.hasPrefix(triple) {
      var place = rest.index(rest.startIndex, offsetBy: 3)
      while place < rest.endIndex, !rest[place...].hasPrefix(triple) {
        place = rest.index(after: place)
      }
      return rest[..<(rest.index(place, offsetBy: 3, limitedBy: rest.endIndex) ?? rest.endIndex)]
    }
    var place = rest.index(after: rest.startIndex)
    while place < rest.endIndex, rest[place] != quote, !rest[place].isNewline {
      if rest[place] == "\\" {
        place = rest.index(after: place)
        guard place < rest.endIndex else { break }
      }
      place = rest.index(after: place)
    }
    if place < rest.endIndex, rest[place] == quote { place = rest.index(after: place) }
    return rest[..<place]
  }

  private static let python: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
  ]
  private static let swift: Set<String> = [
    "as", "async", "await", "break", "case", "catch", "class", "const", "continue", "default",
    "do", "else", "enum", "extension", "false", "for", "func", "function", "guard", "if", "import",
    "in", "init", "let", "new", "nil", "null", "private", "protocol", "public", "return", "self",
    "static", "struct", "switch", "throw", "throws", "true", "try", "var", "where", "while",
  ]
  private static let shell: Set<String> = [
    "FALSE", "NULL", "TRUE", "case", "do", "done", "elif", "else", "end", "esac", "exit", "export",
    "fi", "for", "function", "if", "in", "let", "library", "local", "return", "then", "until",
    "using", "while",
  ]
}

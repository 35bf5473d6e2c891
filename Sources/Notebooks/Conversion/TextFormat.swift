/// A text that a notebook can be written as, and read from again.
package enum TextFormat: Sendable, Hashable {
  /// A script with `# %%` in front of every cell.
  case percent(ScriptLanguage)
  /// Markdown with code in fences.
  case markdown

  /// - Parameter fileExtension: with the dot: `.py`, `.md`, `.swift`…
  package init?(fileExtension: String) {
    if fileExtension == ".md" {
      self = .markdown
    } else if let language = ScriptLanguage(fileExtension: fileExtension) {
      self = .percent(language)
    } else {
      return nil
    }
  }

  /// All extensions, with their dots.
  package static let extensions = ScriptLanguage.all.map(\.fileExtension) + [".md"]

  package var fileExtension: String {
    switch self {
    case .percent(let language): language.fileExtension
    case .markdown: ".md"
    }
  }

  /// jupytext's name of the format.
  package var name: String {
    switch self {
    case .percent: "percent"
    case .markdown: "markdown"
    }
  }

  /// What stands before every line of the header.
  var headerPrefix: String { language?.comment ?? "" }

  package var language: ScriptLanguage? {
    switch self {
    case .percent(let language): language
    case .markdown: nil
    }
  }

  var isPython: Bool { fileExtension == ".py" }

  /// The extension without its dot, which cells are active for.
  var kind: String { fileExtension.dropping(1) }

  /// The version of both formats, and the jupytext that writes it so.
  static let version = "1.3"
  static let jupytextVersion = "1.19.6"
}

/// A language of scripts: the extension of its files and what begins a comment.
///
/// The names and extensions are those of jupytext's percent scripts; `.swift` is ours.
package struct ScriptLanguage: Sendable, Hashable {
  /// With the dot.
  package let fileExtension: String
  package let name: String
  package let comment: String

  package static let all: [ScriptLanguage] = [
    (".py", "python", "#"), (".R", "R", "#"), (".r", "R", "#"), (".jl", "julia", "#"),
    (".sh", "bash", "#"), (".ps1", "powershell", "#"), (".tcl", "tcl", "#"), (".sage", "sage", "#"),
    (".cpp", "c++", "//"), (".js", "javascript", "//"), (".ts", "typescript", "//"),
    (".scala", "scala", "//"), (".java", "java", "//"), (".groovy", "groovy", "//"),
    (".swift", "swift", "//"), (".lua", "lua", "--"), (".hs", "haskell", "--"),
    (".clj", "clojure", ";;"), (".scm", "scheme", ";;"),
  ].map { ScriptLanguage(fileExtension: $0.0, name: $0.1, comment: $0.2) }

  package static let python = all[0]

  package init?(fileExtension: String) {
    guard let found = Self.all.first(where: { $0.fileExtension == fileExtension }) else {
      return nil
    }
    self = found
  }

  private init(fileExtension: String, name: String, comment: String) {
    self.fileExtension = fileExtension
    self.name = name
    self.comment = comment
  }

  /// The language that a name stands for; nil for one that has no scripts.
  static func named(_ name: String) -> ScriptLanguage? {
    let name = usualName(name)
    return all.first { $0.name == name }
  }

  /// What begins a comment, of a language named exactly as its scripts are.
  static func comment(of name: String) -> String? { all.first { $0.name == name }?.comment }

  /// One name for each language: `r` is `R`, `C++17` is `c++`.
  static func usualName(_ name: String) -> String {
    let lower = name.lowercased()
    if lower == "r" { return "R" }
    return lower.hasPrefix("c++") ? "c++" : lower
  }

  /// Languages that a cell says it is in by a magic in its first line (`%%bash`), or a block of Markdown by its fence.
  static let magics: Set<String> = [
    "R", "bash", "sh", "python", "python2", "python3", "coconut", "javascript", "js", "perl",
    "html",
    "latex", "markdown", "pypy", "ruby", "script", "svg", "matlab", "octave", "idl",
    "robotframework", "sas", "spark", "sql", "cython", "haskell", "tcl", "gnuplot",
    "wolfram language", "julia", "c++", "scheme", "clojure", "powershell", "q", "typescript",
    "scala", "rust", "csharp", "fsharp", "sos", "java", "groovy", "sage", "ocaml", "maxima",
    "stata",
    "jenner", "xonsh", "logtalk", "lua", "go", "c#", "f#", "cs", "fs", "swift",
  ]

  /// The same, in capitals too, as fences of Markdown have them.
  static let fences = magics.union(magics.map { $0.uppercased() })
}

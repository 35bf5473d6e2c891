import Formats
import Git
import Platform

/// Which files a rule is for.
package struct RuleScope: Sendable {
  /// All when empty.
  var languages: [Language]
  /// Patterns as `.gitignore` has them; every file when nil.
  private var paths: PathPatterns?
  private var not: PathPatterns?

  init(languages: [Language] = [], paths: [String]? = nil, not: [String]? = nil) {
    self.languages = languages
    self.paths = paths.map { PathPatterns($0) }
    self.not = not.map { PathPatterns($0) }
  }

  /// Reads `{paths: [...], not: [...], languages: [...]}`.
  init(_ node: YAMLNode?) throws(ParseFailure) {
    self.init()
    guard let node else { return }
    let fields = try RuleFields(node, "`applies`", known: ["paths", "not", "languages"])
    paths = try fields.texts("paths").map { PathPatterns($0) }
    not = try fields.texts("not").map { PathPatterns($0) }
    for name in try fields.texts("languages") ?? [] {
      guard let language = Language(rawValue: name) else {
        throw fields["languages"]!.failure(
          "`\(name)` is no language",
          hint: "known: " + Language.allCases.map(\.rawValue).joined(separator: ", "))
      }
      languages.append(language)
    }
  }

  var hasPaths: Bool { paths != nil }

  func contains(_ path: [UInt8], _ language: Language) -> Bool {
    guard languages.isEmpty || languages.contains(language) else { return false }
    if let paths, !paths.matches(path) { return false }
    return not?.matches(path) != true
  }
}

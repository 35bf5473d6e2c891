import Formats
import Platform

/// A check of one file as a whole: a notebook, a manifest, a secret.
package protocol FileCheck: Sendable {
  /// Tells what it finds, in any order.
  func run(_ file: CheckedFile, _ report: (FileFinding) -> Void)
}

/// What a check of a file found.
package struct FileFinding: Sendable {
  package var code: String?
  /// The cell of a notebook, counted from 1; the range is one of the file's bytes all the same.
  package var cell: Int?
  /// In bytes of the file; nil for the file as a whole.
  package var range: Range<Int>?
  package var values: [String: String]
  package var fix: Fix?

  package init(
    _ code: String? = nil, _ range: Range<Int>? = nil, _ values: [String: String] = [:],
    cell: Int? = nil, fix: Fix? = nil
  ) {
    self.code = code
    self.range = range
    self.values = values
    self.cell = cell
    self.fix = fix
  }
}

/// The kinds of rules that are about whole files, and how their `match` is read.
enum FileChecks {
  typealias Reader = @Sendable (YAMLNode, RuleOptions) throws(ParseFailure) -> any FileCheck

  static let readers: [String: Reader] = [
    "notebook": { (node, options) throws(ParseFailure) in try NotebookCheck(node, options) },
    "yaml": { (node, _) throws(ParseFailure) in try DataCheck(node, .yaml) },
    "json": { (node, _) throws(ParseFailure) in try DataCheck(node, .json) },
    "toml": { (node, _) throws(ParseFailure) in try DataCheck(node, .toml) },
  ]
}

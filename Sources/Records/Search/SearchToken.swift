/// A piece of a filter or an order.
struct SearchToken: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    /// Letters, digits and underscores, such as `metrics`, `AND`, `IN`.
    case word
    /// Text in single quotes, double quotes or backticks, without these.
    case quoted(Character)
    /// Text of a number, as MLflow knows them.
    case number
    /// `=`, `!=`, `>=`, …
    case comparison
    /// `.`, `(`, `)`, `,`, `*`, `/`, `-`, `:`
    case mark
  }

  var kind: Kind
  /// What stands in the text; without its quotes, when it is quoted.
  var text: String
  /// Where it begins and ends, in Unicode scalars from 0.
  var range: Range<Int>
}

extension SearchToken {
  func isWord(_ word: String) -> Bool { kind == .word && text.uppercased() == word }
  func isMark(_ mark: String) -> Bool { kind == .mark && text == mark }

  /// Text in single or double quotes, which may be a value; nil for anything else.
  var quotedValue: String? {
    kind == .quoted("'") || kind == .quoted("\"") ? text : nil
  }
}

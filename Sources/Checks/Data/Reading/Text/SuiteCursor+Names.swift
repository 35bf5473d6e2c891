import Platform

/// A name that is written somewhere.
struct SuiteName: Sendable, Hashable {
  var text: String
  /// In characters of the file.
  var offset: Int
}

extension SuiteCursor {
  /// Whether the name of a column comes next.
  var isAtColumn: Bool {
    if next == "`" { return true }
    guard let word else { return false }
    return !SuiteWords.reserved.contains(word)
  }

  /// The name of a column: a word, or anything in backticks.
  mutating func takeColumn() throws(SuiteProblem) -> SuiteName? {
    let start = offset
    if let name = try takeBackticked() { return SuiteName(text: name.string, offset: start) }
    guard isAtColumn, let word = takeWord() else { return nil }
    return SuiteName(text: word, offset: start)
  }

  /// As ``takeColumn()``, where one has to stand.
  mutating func column(of what: String) throws(SuiteProblem) -> SuiteName {
    if let name = try takeColumn() { return name }
    throw problem(
      "expected \(what), found \(found)",
      hint: "names that are no words stand in backticks: `` `first name` ``")
  }

  /// `[a, b]`; at least one.
  mutating func takeColumns() throws(SuiteProblem) -> [SuiteName]? {
    guard follows("[") else { return nil }
    let start = position
    _ = take("[")
    var names: [SuiteName] = []
    var known: Set<String> = []
    while !take("]") {
      if !names.isEmpty, !take(",") {
        throw problem("expected `,` or `]` behind a column, found \(found)")
      }
      let name = try column(of: "a column")
      guard known.insert(name.text).inserted else {
        throw SuiteProblem("`\(name.text)` stands twice in the list", at: name.offset)
      }
      names.append(name)
    }
    guard !names.isEmpty else {
      throw problem("an empty list of columns", at: start, hint: "name some: `[id, city]`")
    }
    return names
  }
}

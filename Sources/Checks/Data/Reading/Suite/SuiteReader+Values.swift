import Patterns
import Platform

extension SuiteReader {
  /// `[KR, 'New York', 1]`, the path of a file, or a column of another table.
  mutating func set(
    _ cursor: inout SuiteCursor, _ form: TestForm
  ) throws(SuiteProblem) -> ValueSet {
    if cursor.next == "[" {
      let values = try cursor.takeValues()
      for value in values { try checkValue(value, valueType) }
      return .values(values.map(\.text))
    }
    guard let text = try cursor.takePath() else {
      throw cursor.problem(
        "expected values behind \(form.shown), found \(cursor.found)",
        hint:
          "write `\(form.words) [a, b]`, `\(form.words) data/codes.txt` or `\(form.words) data/cities.csv#name`"
      )
    }
    guard text.scalars.contains("#") else { return .file(text.string) }
    guard case .cell(let table, let column) = try cell(text) else { return .file(text.string) }
    return .column(table, column)
  }

  /// `data/cities.csv#name`: a table, and one of its columns behind the last `#`.
  func cell(_ text: SuiteText) throws(SuiteProblem) -> TestArgument {
    guard let mark = text.scalars.lastIndex(of: "#") else {
      throw SuiteProblem(
        "which column of `\(SuiteCursor.shortened(text.string))`?", at: text.offset(0),
        hint: "write `\(SuiteCursor.shortened(text.string))#name`")
    }
    let column = text[(mark + 1)..<text.scalars.count]
    guard !column.isEmpty else {
      throw SuiteProblem(
        "no column behind the `#`", at: text.offset(mark), hint: "write `data/cities.csv#name`")
    }
    let table = try reference(text[0..<mark])
    return .cell(table, column: column.string)
  }

  // MARK: Texts that mean something

  /// The pattern can be matched; a problem points into it.
  static func checkPattern(_ text: SuiteText) throws(SuiteProblem) {
    do throws(ParseFailure) { _ = try Pattern(text.string) } catch {
      throw SuiteProblem(
        error.message, at: text.offset((error.column ?? 1) - 1), hint: error.hint)
    }
  }

  /// The fields of `strptime` that can be read.
  static let timeFields = "YymdHIMSfjpzZbBaAsTDF%"

  static func checkTimeFormat(_ text: SuiteText) throws(SuiteProblem) {
    var place = 0
    var hasField = false
    while place < text.scalars.count {
      guard text.scalars[place] == "%" else {
        place += 1
        continue
      }
      guard place + 1 < text.scalars.count else {
        throw SuiteProblem(
          "a `%` with nothing behind it", at: text.offset(place), hint: "`%%` is a percent sign")
      }
      let field = text.scalars[place + 1]
      guard timeFields.unicodeScalars.contains(field) else {
        throw SuiteProblem(
          "there is no field `%\(field)` of times", at: text.offset(place),
          hint: "fields are those of `strptime`: %Y, %m, %d, %H, %M, %S, %f, %z, …")
      }
      hasField = hasField || field != "%"
      place += 2
    }
    guard hasField else {
      throw SuiteProblem(
        "a format without fields", at: text.offset(0), hint: "write `\"%Y-%m-%d %H:%M:%S\"`")
    }
  }
}

extension SuiteCursor {
  /// A path, up to a blank or a comma, or in quotes; nil when none comes next.
  mutating func takePath() throws(SuiteProblem) -> SuiteText? {
    let start = position
    if let quoted = try takeQuoted() {
      guard !quoted.isEmpty else { throw problem("an empty path", at: start) }
      return quoted
    }
    var end = position
    while end < text.scalars.count, !SuiteSource.isBlank(text.scalars[end]),
      !",[]()'\"`".unicodeScalars.contains(text.scalars[end])
    {
      end += 1
    }
    guard end > position else { return nil }
    let path = text[position..<end]
    move(to: end)
    return path
  }

  /// `[KR, 'New York', 1]`: what stands between commas, without the blanks at its ends, or in quotes.
  mutating func takeValues() throws(SuiteProblem) -> [SuiteName] {
    let start = position
    _ = take("[")
    var values: [SuiteName] = []
    var known: Set<String> = []
    while !take("]") {
      if !values.isEmpty, !take(",") {
        if isAtEnd { throw problem("a `[` that is never closed", at: start) }
        throw problem("expected `,` or `]` behind a value, found \(found)")
      }
      if isAtEnd { throw problem("a `[` that is never closed", at: start) }
      let offset = offset
      let value: String
      if let quoted = try takeQuoted() { value = quoted.string } else { value = try bareValue() }
      guard known.insert(value).inserted else {
        throw SuiteProblem("`\(Self.shortened(value))` stands twice", at: offset)
      }
      values.append(SuiteName(text: value, offset: offset))
    }
    guard !values.isEmpty else {
      throw problem("an empty list of values", at: start, hint: "write `[a, b]`")
    }
    return values
  }

  private mutating func bareValue() throws(SuiteProblem) -> String {
    var end = position
    while end < text.scalars.count, !",[]".unicodeScalars.contains(text.scalars[end]) { end += 1 }
    let value = text[position..<end].trimmed
    guard !value.isEmpty else {
      throw problem("expected a value, found \(found)", hint: "an empty text is `''`")
    }
    try Self.checkPresent(value)
    move(to: end)
    return value.string
  }

  /// What is missing is no value.
  static func checkPresent(_ value: SuiteText) throws(SuiteProblem) {
    guard value.string == "null" || value.string == "~" else { return }
    throw SuiteProblem(
      "`\(value.string)` is no value: missing cells are not looked at", at: value.offset(0),
      hint: "leave it out; a text stands in quotes: `'\(value.string)'`")
  }
}

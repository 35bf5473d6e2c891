/// A test as suites have it: its short form, its long form, and what they mean. Reading, writing and the reference all go by
/// these values.
struct TestForm: Sendable {
  enum Place: Sendable, Hashable {
    /// Of one column.
    case column
    /// Of the table.
    case table
    /// Between the parts of a split.
    case split
  }

  /// The word behind `test:` in the long form.
  let name: String
  /// What begins the short form; empty where its first parameter does.
  let words: String
  let place: Place
  var fits = ColumnFit.any
  let parameters: [TestParameter]
  /// Whether it takes `where` and `by`.
  var isOfChosenRows = true
  /// A short form, for hints and the reference.
  let example: String
  /// When it passes, as a sentence.
  let passes: String
  /// Where the defaults are from.
  var source = ""
  let make: @Sendable (TestArguments) throws(SuiteProblem) -> DataTest.Kind
  /// What makes the kind again; nil when the form does not write it.
  let arguments: @Sendable (DataTest.Kind) -> TestArguments?

  /// As messages call it.
  var shown: String { words.isEmpty ? "`\(name)`" : "`\(words)`" }

  /// The words that mean something behind the test's own.
  var shortWords: [String] { parameters.flatMap(\.shortWords) }

  func parameter(_ key: String) -> TestParameter? { parameters.first { $0.key == key } }
}

extension TestForm {
  /// All tests, in the order of the reference.
  static let all: [TestForm] = values + columns + statistics + tables + splits

  /// - Parameter place: where it stands, for a name that there is in two places.
  static func named(_ name: String, under place: Place? = nil) -> TestForm? {
    let named = all.filter { $0.name == name }
    return named.first { $0.place == place } ?? named.first
  }

  /// The form that writes a kind, and with what. There is one for every kind.
  static func writing(_ kind: DataTest.Kind) -> (form: TestForm, arguments: TestArguments)? {
    for form in all {
      if let arguments = form.arguments(kind) { return (form, arguments) }
    }
    return nil
  }
}

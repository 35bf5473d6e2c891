/// A parameter of a test: how it is written in the short form and in the long one.
struct TestParameter: Sendable {
  enum Syntax: Sendable, Hashable {
    /// `0..1`, `>= 0`; in the long form `min`, `max`, `above`, `below` of the test, or, behind a word, of a key.
    case bounds(Measure)
    /// `<= 5%`.
    case most(Measure)
    /// `>= 10%`.
    case least(Measure)
    /// `< 0.9`.
    case below(Measure)
    /// `> 1%`.
    case above(Measure)
    /// A number alone.
    case number(Measure)
    /// A word that is there or not; `true` in the long form.
    case flag
    /// One of some words.
    case choice([String])
    /// Some of some words, in brackets.
    case choices([String])
    case column
    /// A column too; the suite's label where none is named.
    case label
    /// `[a, b]`.
    case columns
    /// In quotes.
    case pattern, timeFormat
    /// `[a, b]`, a file, or a column of a table; in the long form `values`, `file` or `from`.
    case set
    /// `data/cities.csv#name`.
    case cell
    case expression
  }

  let key: String
  let syntax: Syntax
  /// The word that stands in front of it in the short form.
  var lead: String?
  /// What it is when it is not said.
  var standard: TestArgument?
  var isRequired = false
  /// Whether it is left out when it is as it would be anyway.
  var hidesStandard = false

  /// The keys that it may have in the long form.
  var keys: [String] {
    switch syntax {
    case .bounds where lead == nil: ["min", "max", "above", "below"]
    case .set: ["values", "file", "from"]
    default: [key]
    }
  }

  /// Words that it takes in the short form.
  var shortWords: [String] {
    if let lead { return [lead] }
    switch syntax {
    case .flag: return [key]
    case .choice(let words): return words
    default: return []
    }
  }
}

extension TestParameter {
  static func bounds(_ measure: Measure) -> TestParameter {
    TestParameter(key: "bounds", syntax: .bounds(measure), isRequired: true)
  }

  static func bounds(_ key: String, behind lead: String, _ measure: Measure) -> TestParameter {
    TestParameter(key: key, syntax: .bounds(measure), lead: lead)
  }

  /// A largest share, count or age.
  static func most(_ measure: Measure, _ standard: Double? = nil, key: String = "max")
    -> TestParameter
  {
    TestParameter(
      key: key, syntax: .most(measure), standard: standard.map { .number($0) },
      isRequired: standard == nil)
  }

  static func flag(_ key: String) -> TestParameter { TestParameter(key: key, syntax: .flag) }

  /// The columns behind `on`; all when it is not said.
  static let on = TestParameter(key: "columns", syntax: .columns, lead: "on")

  static func column(_ key: String = "column") -> TestParameter {
    TestParameter(key: key, syntax: .column, isRequired: true)
  }

  static let label = TestParameter(key: "label", syntax: .label, isRequired: true)

  /// The limit of what a column may tell of the label.
  static let leak = TestParameter(key: "below", syntax: .below(.size), standard: .number(0.99))

  /// The limit of a distance.
  static let distance = TestParameter(key: "below", syntax: .below(.size))
  /// The limit of a p-value.
  static let probability = TestParameter(key: "p", syntax: .least(.probability), lead: "p")
}

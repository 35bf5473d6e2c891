/// What a test says for one of its parameters.
enum TestArgument: Sendable, Hashable {
  case flag
  case number(Double)
  case bounds(Bounds)
  case word(String)
  case words([String])
  case text(String)
  case set(ValueSet)
  case cell(TableReference, column: String)
  case expression(RowExpression)
}

/// What a test says for its parameters, by their keys, and where it says it.
struct TestArguments: Sendable, ExpressibleByDictionaryLiteral {
  private(set) var values: [String: TestArgument]
  private var offsets: [String: Int] = [:]
  /// Of the test, in characters of the file.
  let start: Int

  init(at start: Int) {
    values = [:]
    self.start = start
  }

  init(dictionaryLiteral elements: (String, TestArgument?)...) {
    values = [:]
    for (key, value) in elements { values[key] = value }
    start = 0
  }

  subscript(key: String) -> TestArgument? { values[key] }

  mutating func set(_ key: String, _ value: TestArgument, at offset: Int? = nil) {
    values[key] = value
    offsets[key] = offset
  }

  func problem(_ message: String, at key: String, hint: String? = nil) -> SuiteProblem {
    SuiteProblem(message, at: offsets[key] ?? start, hint: hint)
  }

  // MARK: By type; parameters that are required or have a default are there

  func flag(_ key: String) -> Bool { values[key] == .flag }

  func number(_ key: String) -> Double? {
    if case .number(let value)? = values[key] { value } else { nil }
  }

  func bounds(_ key: String) -> Bounds? {
    if case .bounds(let value)? = values[key] { value } else { nil }
  }

  func set(_ key: String) -> ValueSet? {
    if case .set(let value)? = values[key] { value } else { nil }
  }

  func word(_ key: String) -> String {
    if case .word(let value)? = values[key] { value } else { "" }
  }

  func words(_ key: String) -> [String] {
    if case .words(let value)? = values[key] { value } else { [] }
  }

  func text(_ key: String) -> String? {
    if case .text(let value)? = values[key] { value } else { nil }
  }
}

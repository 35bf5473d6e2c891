/// What a test says besides what it tests, and where it says it.
struct TestModifiers: Sendable {
  struct Said<Value: Sendable>: Sendable {
    var value: Value
    /// In characters of the file.
    var offset: Int
  }

  var mostly: Said<Double>?
  var filter: Said<RowExpression>?
  var group: Said<String>?
  var severity: Said<TestSeverity>?
  var isGuess = false
}

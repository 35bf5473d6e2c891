import Platform

/// What reports say of a test, whatever it is of.
package struct TestIdentity: Sendable, Hashable {
  /// The kind of test, as the long form of a suite has it.
  package var name: String
  /// In the short form.
  package var text: String
  package var severity: TestSeverity
  /// The column that it is of; nil for others.
  package var column: String?
  package var location: SourceLocation
  /// Whether nobody has looked at it since it was guessed.
  package var isGuess: Bool

  package init(
    name: String, text: String, severity: TestSeverity, column: String? = nil,
    location: SourceLocation, isGuess: Bool = false
  ) {
    self.name = name
    self.text = text
    self.severity = severity
    self.column = column
    self.location = location
    self.isGuess = isGuess
  }
}

/// A test that reports can tell of.
package protocol IdentifiedTest: Sendable {
  var identity: TestIdentity { get }
}

extension TestIdentity: IdentifiedTest {
  package var identity: TestIdentity { self }
}

extension DataTest: IdentifiedTest {
  package var identity: TestIdentity {
    TestIdentity(
      name: kind.name, text: text, severity: severity, column: column, location: location,
      isGuess: isGuess)
  }
}

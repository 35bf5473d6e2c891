/// What a run was started with, by name. A run's parameters never change.
package struct Param: Sendable, Hashable {
  package var key: String
  /// The value used, as MLflow shows it.
  package var value: String
  /// The type that the entry point declares: `int`, `float`, …; nil when there is none.
  package var kind: String?
  /// What the user typed; nil when the default was used.
  package var given: String?

  package init(_ key: String, _ value: String, kind: String? = nil, given: String? = nil) {
    self.key = key
    self.value = value
    self.kind = kind
    self.given = given
  }
}

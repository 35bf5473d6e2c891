/// What a failing test means.
package enum TestSeverity: String, Sendable, Hashable, CaseIterable {
  /// The data cannot be used as it is.
  case error
  /// Somebody should look.
  case warn
}

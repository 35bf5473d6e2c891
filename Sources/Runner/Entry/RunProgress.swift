/// Who shows how far a run is.
package protocol RunProgress: Sendable {
  /// One line: `training: 12 of 100 iterations`. Called more often than a person can read.
  func update(_ text: String)
  /// Takes the line away, because other output follows.
  func clear()
}

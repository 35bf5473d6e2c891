/// A parameter with the value that a run uses.
package struct ResolvedParameter: Sendable, Hashable {
  package var name: String
  package var kind: Parameter.Kind
  /// What goes into the command, before it is quoted; empty when ``isAbsent``.
  package var value: String
  /// What was given on the command line; nil when the default stands.
  package var given: String?
  /// Whether the entry point does not declare it: it is passed on as `--name value`.
  package var isExtra: Bool
  /// Whether it is optional and has no value: nothing to record.
  package var isAbsent: Bool

  package init(
    _ name: String, _ kind: Parameter.Kind = .string, value: String, given: String? = nil,
    isExtra: Bool = false, isAbsent: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.value = value
    self.given = given
    self.isExtra = isExtra
    self.isAbsent = isAbsent
  }
}

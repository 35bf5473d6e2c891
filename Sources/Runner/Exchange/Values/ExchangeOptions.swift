/// What of it is brought.
package struct ExchangeOptions: Sendable, Hashable {
  /// The names of the experiments; all of them, and the registry, when empty.
  package var experiments: [String]
  package var bringsArtifacts: Bool
  /// Whether nothing is written.
  package var isDry: Bool

  package init(experiments: [String] = [], bringsArtifacts: Bool = true, isDry: Bool = false) {
    self.experiments = experiments
    self.bringsArtifacts = bringsArtifacts
    self.isDry = isDry
  }
}

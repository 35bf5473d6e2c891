/// Which experiments a search finds: clauses that must all hold, in MLflow's search grammar.
///
/// ```
/// name LIKE 'wine%' AND tags.team = 'a' AND creation_time > 1700000000000
/// ```
package struct ExperimentFilter: Sendable, Hashable {
  struct Clause: Sendable, Hashable {
    var subject: ExperimentField
    var test: RunFilter.Test
  }

  var clauses: [Clause]

  /// The filter that every experiment passes.
  package static let everything = ExperimentFilter(clauses: [])

  init(clauses: [Clause]) { self.clauses = clauses }
}

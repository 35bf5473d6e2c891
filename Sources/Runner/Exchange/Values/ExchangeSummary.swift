import Records

/// What an exchange brought, or would bring.
package struct ExchangeSummary: Sendable, Hashable {
  /// One experiment of the other side.
  package struct Row: Sendable, Hashable {
    package var name: String
    package var lifecycle: Lifecycle
    /// Whether it was not there before.
    package var isNew: Bool
    package var newRuns = 0
    /// Runs that were there already.
    package var knownRuns = 0
    /// Runs that are there with other content.
    package var conflicts = 0
    /// Points that were written; some of them may have been there.
    package var points = 0
    package var newModels = 0
    package var knownModels = 0
    package var files = 0
    package var bytes: Int64 = 0
  }

  package var rows: [Row] = []
  package var newRegistered = 0
  package var knownRegistered = 0
  package var newVersions = 0

  package func total(_ part: (Row) -> Int) -> Int { rows.reduce(0) { $0 + part($1) } }
  package var bytes: Int64 { rows.reduce(0) { $0 + $1.bytes } }
}

/// Something that is wrong in a records database.
package struct StoreProblem: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// SQLite finds the file itself damaged.
    case damage
    /// Rows that belong to nothing.
    case orphan
    /// A latest value that is not the latest.
    case latest
    /// A folder of artifacts whose run is not there.
    case artifacts
  }

  package var kind: Kind
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

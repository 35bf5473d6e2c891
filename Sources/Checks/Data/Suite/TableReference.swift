import Platform

/// Where a table comes from, as a suite names it.
package struct TableReference: Sendable, Hashable {
  package enum Place: Sendable, Hashable {
    /// A path, or a pattern of paths, from the project's folder; `store.db#table` in it names a table.
    case path(String)
    /// `data/train.csv@v1.2`: a recorded version of tracked data.
    case version(String, revision: String)
    /// `run:ID/path`: an artifact of a run.
    case artifact(run: String, path: String)
  }

  package var place: Place
  package var location: SourceLocation

  package init(_ place: Place, at location: SourceLocation) {
    self.place = place
    self.location = location
  }
}

/// What a records database holds and how much room that takes.
package struct StoreSizes: Sendable, Hashable {
  /// A table or an index.
  package struct Part: Sendable, Hashable {
    package var name: String
    /// The table that an index belongs to; nil for a table.
    package var table: String?
    /// Rows of a table, entries of an index.
    package var rows: Int64
    package var bytes: Int64
  }

  /// The database file, in bytes.
  package var file: Int64
  /// The write-ahead log beside it, in bytes.
  package var log: Int64
  /// Pages inside the file that hold nothing, in bytes; `vacuum` gives them back.
  package var free: Int64
  package var pageSize: Int64
  /// The version of the tables.
  package var version: Int
  package var experiments: Int64
  package var runs: Int64
  package var deletedRuns: Int64
  /// The largest first.
  package var parts: [Part]
}

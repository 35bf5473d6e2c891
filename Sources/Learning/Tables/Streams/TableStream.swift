import Compute

/// A table that is read from its source row by row, in little memory whatever its size: what ``TableFile`` reads into memory, with
/// the same columns, cells and failures.
package protocol TableStream: Sendable {
  /// Of the columns, in order.
  var names: [String] { get }
  /// What the source itself says that a column holds, as far as it does: nil for text formats, and where SQLite declares nothing.
  /// Missing cells make no difference to it.
  var kinds: [Column.Kind?] { get }
  /// For messages: the path as it was given; nil for a table in memory.
  var source: String? { get }
  /// How many rows there are, when that is known before they are read.
  var rowCount: Int? { get }
  /// False for what can be read once only, such as a pipe.
  var canReadAgain: Bool { get }

  /// Reads all rows in order, in parts of bounded size.
  ///
  /// Parts begin and end where the content says, never the number of threads. Of those behind a failure, none is given; those
  /// before it all are. A cancelled task stops between parts, with `CancellationError`.
  ///
  /// - Parameters:
  ///   - readings: one for each column.
  ///   - threads: at least 1.
  ///   - look: runs for several parts at once, on several threads. The part, and what points into it, is valid until it returns.
  ///   - take: gets what came of each part in the order of rows, one at a time, on the thread of the caller.
  /// - Throws: ``Failure`` that names the file, and the line when it has some; what `look` or `take` throw.
  func read<Partial: Sendable>(
    _ readings: [TablePart.Reading], threads: Int,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws
}

import Notebooks

/// What testing a code cell came to.
package struct CellVerdict: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The outputs are those that are stored.
    case identical
    /// Numbers are within the tolerance, texts the same once times and places are left out.
    case equal
    case different
    /// It raised what it should not, ran too long, or ended the kernel.
    case failed
    /// It ran, and its outputs are not compared.
    case unchecked
    /// It is not to run.
    case skipped
    /// The run ended before it.
    case notRun = "not-run"
  }

  /// Its place among all cells, from 0.
  package var index: Int
  package var id: String
  package var kind: Kind
  /// For a person, in one line: the first difference, in what those that are equal differ, or why it failed.
  package var detail: String?
  /// How many lines, values or pixels are not the same.
  package var differences = 0
  /// Of all numbers that were compared, those within the tolerance too; nil where none differ.
  package var largestAbsolute: Double?
  package var largestRelative: Double?
  /// What is not as it is stored; what counts as equal is left out.
  package var changes: [OutputDifference] = []
  /// Of the error that it failed with, without colours.
  package var traceback: String?
  /// How long it ran; nil when it did not.
  package var seconds: Double?

  package init(_ index: Int, _ cell: NotebookDocument.Cell, _ kind: Kind, _ detail: String? = nil) {
    self.index = index
    id = cell.id
    self.kind = kind
    self.detail = detail
  }
}

extension CellVerdict {
  /// As people count: from 1.
  package var number: Int { index + 1 }
}

extension CellVerdict.Kind {
  /// Whether the outputs were compared.
  package var isCompared: Bool { self == .identical || self == .equal || self == .different }

  /// Whether a test with such a cell fails.
  package var isBad: Bool { self == .different || self == .failed || self == .notRun }
}

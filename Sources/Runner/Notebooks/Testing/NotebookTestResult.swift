import Notebooks

/// What testing a notebook came to.
package struct NotebookTestResult: Sendable {
  /// Of the code cells, in their order.
  package var cells: [CellVerdict]
  /// How the run ended. Errors of cells do not end it.
  package var status: NotebookResult.Status
  /// The outputs that the cells that differ would have to be given, by the places of the cells among all.
  package var replacements: [Int: [OutputReplacement.Output]]
  /// What the kernel's process wrote last, when it died.
  package var lastWords: String

  package func count(_ kind: CellVerdict.Kind) -> Int { cells.count { $0.kind == kind } }

  /// Whether nothing differs and nothing failed.
  package var isGood: Bool { !cells.contains { $0.kind.isBad } }

  package var wasCancelled: Bool { if case .cancelled = status { true } else { false } }
}

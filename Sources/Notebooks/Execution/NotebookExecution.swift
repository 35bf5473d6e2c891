import Platform
import SystemPackage

/// Runs the code cells of a notebook from top to bottom in a fresh kernel.
package struct NotebookExecution: Sendable {
  package var spec: KernelSpec
  package var kernel: KernelOptions
  package var selection = CellSelection()
  /// How long a cell may run; for ever when nil.
  package var cellLimit: Duration?
  /// Where the notebook is written while it runs and in the end; nowhere when nil.
  package var output: FilePath?
  /// Whether it is written when a cell begins, with what the cells before have left.
  package var savesAtCells = true
  /// How often it is written while a cell runs; not at all when nil.
  package var savesEvery: Duration? = .seconds(30)
  /// Whether texts that move back in their line are kept as a terminal would show them.
  package var foldsLines = false
  /// Whether the cells behind one that raised run too. Their errors are then outputs like others: none ends the run, and
  /// no cells are put in to mark one.
  package var goesOnAfterErrors = false

  package init(spec: KernelSpec, kernel: KernelOptions) {
    self.spec = spec
    self.kernel = kernel
  }

  /// Runs a notebook to its end, whatever that is: errors of cells are a result.
  ///
  /// Cancelling the task interrupts the kernel, and gives what came of the notebook until then. Nothing of the kernel is
  /// left when this returns.
  ///
  /// - Throws: ``Failure`` when the selection names what is not there, the kernel does not start, or the notebook cannot
  ///   be written in the end.
  package func run(
    _ document: NotebookDocument, listener: any NotebookListener
  ) async throws -> NotebookResult {
    let cells = try selection.cells(of: document)
    return try await BlockingWork.run { alarm in
      let run = try NotebookRun(self, document, cells: cells, alarm: alarm, listener: listener)
      return try run.toItsEnd()
    }
  }
}

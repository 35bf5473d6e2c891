import Notebooks
import Platform
import Synchronization

/// Runs a notebook and compares the outputs of its cells with those that are stored in it, as nbval does.
///
/// Cells behind one that raised run too. One that raised what is stored of it, or may raise, is compared like others; any
/// other error is a failure.
package struct NotebookTest: Sendable {
  private let document: NotebookDocument
  private let execution: NotebookExecution
  private let options: NotebookTestOptions

  /// - Parameter execution: the kernel and its limits; which cells run is decided here.
  package init(
    _ document: NotebookDocument, _ execution: NotebookExecution, _ options: NotebookTestOptions
  ) {
    self.document = document
    self.options = options
    let demands = Self.demands(document, options)
    var execution = execution
    execution.output = nil
    execution.goesOnAfterErrors = true
    execution.selection = CellSelection(
      leftOut: Set(demands.filter { $0.value.isSkipped }.map(\.key)))
    self.execution = execution
  }

  /// Of the code cells, by their places among all cells.
  private static func demands(
    _ document: NotebookDocument, _ options: NotebookTestOptions
  ) -> [Int: CellDemand] {
    let cells = document.cells.enumerated().filter { $0.element.kind == .code }
    return Dictionary(
      uniqueKeysWithValues: cells.map {
        ($0.offset, CellDemand(of: $0.element, comparesOutputs: !options.isLax))
      })
  }

  /// Runs and compares.
  ///
  /// Cancelling the task interrupts the kernel; cells that were not reached are then ``CellVerdict/Kind/notRun``.
  ///
  /// - Throws: ``Failure`` when the kernel does not start; what the sanitizer throws.
  package func run(listener: any NotebookListener) async throws -> NotebookTestResult {
    let watch = CellWatch(listener)
    let result = try await execution.run(document, listener: watch)
    let ends = watch.ends
    let comparison = CellOutputComparison(options)
    let alignment = OutputAlignment(comparison: comparison)
    var cells: [CellVerdict] = []
    var replacements: [Int: [OutputReplacement.Output]] = [:]
    for (index, demand) in Self.demands(document, options).sorted(by: { $0.key < $1.key }) {
      let outputs = result.document.cells[index].outputs
      let end = ends[index]
      var verdict: CellVerdict
      do {
        verdict = try self.verdict(on: index, demand, end?.end, outputs, comparison)
        if verdict.kind == .different {
          replacements[index] = try alignment.replacement(document.cells[index], outputs)
        }
      } catch is CancellationError {
        verdict = CellVerdict(index, document.cells[index], .notRun)
      }
      verdict.seconds = end?.seconds
      cells.append(verdict)
    }
    return NotebookTestResult(
      cells: cells, status: result.status, replacements: replacements, lastWords: result.lastWords)
  }

  // MARK: A cell

  private func verdict(
    on index: Int, _ demand: CellDemand, _ end: CellEnd?, _ outputs: [NotebookJSON],
    _ comparison: CellOutputComparison
  ) throws -> CellVerdict {
    let cell = document.cells[index]
    if demand.isSkipped { return CellVerdict(index, cell, .skipped) }
    switch end?.outcome {
    // What has nothing to run has no outputs.
    case nil where cell.runs: return CellVerdict(index, cell, .notRun, "the run ended before it")
    case .cancelled: return CellVerdict(index, cell, .notRun, "it was interrupted")
    case .timedOut(let isAlive):
      let seconds = execution.cellLimit.map { $0.components.seconds } ?? 0
      return CellVerdict(
        index, cell, .failed,
        "it ran longer than \(seconds) s" + (isAlive ? "" : ", and could not be interrupted"))
    case .died(let end):
      return CellVerdict(index, cell, .failed, "the kernel died: \(end.explanation)")
    case .failed(let name, let value, let traceback):
      if !demand.mayRaise, let stored = try otherError(cell, outputs, comparison) {
        var verdict = CellVerdict(index, cell, .failed, Self.words(name, value) + stored)
        verdict.traceback = ANSIText.withoutColours(traceback.joined(separator: "\n"))
        return verdict
      }
    case .ok, nil: break
    }
    let isStored = cell.executionCount != nil || !cell.outputs.isEmpty
    guard demand.comparesOutputs, isStored || end == nil else {
      return CellVerdict(index, cell, .unchecked, isStored ? nil : "nothing is stored of it")
    }
    let compared = try comparison.compare(cell.outputs, outputs)
    let kind: CellVerdict.Kind =
      switch compared.verdict.kind {
      case .identical: .identical
      case .equal: .equal
      case .different, .missing, .new: .different
      }
    var verdict = CellVerdict(index, cell, kind, compared.verdict.detail)
    verdict.differences = compared.verdict.differences
    verdict.largestAbsolute = compared.verdict.largestAbsolute
    verdict.largestRelative = compared.verdict.largestRelative
    verdict.changes = compared.changes
    return verdict
  }

  /// Nil when the error of a cell is the one that is stored; else what is to be told of that.
  private func otherError(
    _ cell: NotebookDocument.Cell, _ outputs: [NotebookJSON], _ comparison: CellOutputComparison
  ) throws -> String? {
    let isError = { (output: NotebookJSON) in output["output_type"]?.string == "error" }
    guard let stored = cell.outputs.first(where: isError) else { return "" }
    if let new = outputs.first(where: isError),
      try comparison.compare([stored], [new]).verdict.kind.isSame
    {
      return nil
    }
    let words = Self.words(stored["ename"]?.string ?? "", stored["evalue"]?.string ?? "")
    return ", and `\(words)` is stored"
  }

  private static func words(_ name: String, _ value: String) -> String {
    OneLine.text(
      value.isEmpty ? name : "\(name): \(ANSIText.withoutColours(value))", limit: 400)
  }
}

/// Remembers how cells ended, and how long they took.
private final class CellWatch: NotebookListener {
  struct Ending {
    var end: CellEnd
    var seconds: Double
  }

  private struct State {
    var begin: ContinuousClock.Instant?
    var ends: [Int: Ending] = [:]
  }

  private let listener: any NotebookListener
  private let state = Mutex(State())

  init(_ listener: any NotebookListener) { self.listener = listener }

  var ends: [Int: Ending] { state.withLock { $0.ends } }

  func kernelStarted(_ info: KernelInfo, _ start: KernelOptions.Start) {
    listener.kernelStarted(info, start)
  }

  func cellBegan(_ cell: Int) {
    state.withLock { $0.begin = .now }
    listener.cellBegan(cell)
  }

  func outputChanged(_ cell: Int, _ change: OutputChange) { listener.outputChanged(cell, change) }

  func cellEnded(_ cell: Int, _ end: CellEnd) {
    state.withLock { state in
      let time = state.begin.map { ContinuousClock.now - $0 } ?? .zero
      state.ends[cell] = Ending(end: end, seconds: time / .seconds(1))
    }
    listener.cellEnded(cell, end)
  }

  func warned(_ text: String) { listener.warned(text) }
}

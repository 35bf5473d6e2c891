import Platform

/// A notebook on its way: the document, the kernel, and what is still to be written.
///
/// It lives on the thread of its kernel.
final class NotebookRun {
  private let plan: NotebookExecution
  private var document: NotebookDocument
  private let cells: [Int]
  private let hearing: Hearing
  private let session: KernelSession
  private var saver: NotebookSaver
  private var executed: [Int] = []
  private let begin = NotebookTime.now()

  /// Prepares the document, writes it, and starts the kernel.
  init(
    _ plan: NotebookExecution, _ document: NotebookDocument, cells: [Int], alarm: Int32,
    listener: any NotebookListener
  ) throws {
    self.plan = plan
    self.cells = cells
    self.document = document
    self.document.beginRun(at: begin)
    hearing = Hearing(listener)
    saver = try NotebookSaver(path: plan.output)
    try saver.begin(self.document)
    do {
      session = try KernelSession.start(plan.spec, plan.kernel, alarm: alarm, listener: hearing)
    } catch {
      self.document.endRun(started: begin, at: .now())
      // What is told is why there is no kernel.
      try? saver.finish(self.document)
      throw error
    }
  }

  /// Runs the cells, ends the kernel and writes the notebook.
  func toItsEnd() throws -> NotebookResult {
    let start: KernelOptions.Start = session.process.isWarm ? .warm : .cold
    let info = session.info ?? KernelInfo([:])
    hearing.listener.kernelStarted(info, start)
    defer { session.plannedWork = nil }
    let (status, error) = try runCells()
    // The end writes all, but a kernel may take its time to end.
    planSave(isOwed: plan.savesAtCells)
    session.shutDown()
    session.plannedWork = nil
    takeOutputs()
    document.metadata["language_info"] = info.language
    if let widgets = session.outputs.widgets.metadata { document.metadata["widgets"] = widgets }
    document.endRun(started: begin, at: .now())
    if let error, !plan.goesOnAfterErrors { document.insertErrorMarkers(for: error) }
    try saver.finish(document)
    return NotebookResult(
      status: status, document: document, selected: cells, executed: executed, error: error,
      start: start, info: info, end: session.end, lastWords: session.lastWords)
  }

  private func runCells() throws -> (NotebookResult.Status, NotebookError?) {
    let selected = Set(cells)
    let last = plan.selection.until == nil ? document.cells.count - 1 : cells.last ?? -1
    for cell in document.cells.indices.prefix(through: last) {
      if session.isCancelled { return (.cancelled(cell: nil), nil) }
      guard selected.contains(cell) || !document.cells[cell].runs else { continue }
      let begin = NotebookTime.now()
      document.beginCell(cell, at: begin)
      defer { document.endCell(cell, started: begin, at: .now()) }
      guard selected.contains(cell) else { continue }
      if let end = try run(cell) {
        document.failCell(cell)
        return end
      }
    }
    return (session.isCancelled ? .cancelled(cell: nil) : .completed, nil)
  }

  /// Runs a cell; gives the end of the run when it is that.
  private func run(_ cell: Int) throws -> (NotebookResult.Status, NotebookError?)? {
    hearing.listener.cellBegan(cell)
    executed.append(cell)
    saveSoon()
    let tolerates = plan.goesOnAfterErrors || document.cells[cell].raisesException
    let end = try session.execute(
      document.cells[cell].source, cell: cell, stopsOnError: !tolerates, limit: plan.cellLimit)
    document.cells[cell].executionCount = end.count
    document.cells[cell].metadata["execution"] = end.times.metadata
    let error = tell(end.outcome, of: cell)
    hearing.listener.cellEnded(cell, end)
    switch end.outcome {
    case .ok: return nil
    case .failed where tolerates: return nil
    case .failed("SystemExit", "", _), .failed("SystemExit", "0", _):
      return (.stopped(cell: cell), nil)
    case .failed: return (.failed(cell: cell), error)
    case .timedOut: return (.timedOut(cell: cell), error)
    case .died: return (.died(cell: cell), error)
    case .cancelled: return (.cancelled(cell: cell), nil)
    }
  }

  /// The error of a cell; one that the kernel cannot show any more becomes an output of the cell.
  private func tell(_ outcome: CellEnd.Outcome, of cell: Int) -> NotebookError? {
    let name: String
    let value: String
    switch outcome {
    case .ok, .cancelled: return nil
    case .failed(let name, let value, let traceback):
      return error(cell, name, value, traceback)
    case .timedOut(let isAlive):
      name = "CellTimeoutError"
      let limit = plan.cellLimit.map { $0.components.seconds } ?? 0
      value =
        "the cell ran longer than \(limit) s and was interrupted"
        + (isAlive ? "" : "; it did not stop, so the kernel was killed")
    case .died(let end):
      name = "DeadKernelError"
      value = end.explanation
    }
    let traceback = ["\(name): \(value)"]
    let output: NotebookJSON = [
      "output_type": "error", "ename": .string(name), "evalue": .string(value),
      "traceback": .array(traceback.map { .string($0) }),
    ]
    for event in session.outputs.append(output, to: cell) { hearing.changed(event) }
    return error(cell, name, value, traceback)
  }

  private func error(
    _ cell: Int, _ name: String, _ value: String, _ traceback: [String]
  ) -> NotebookError {
    NotebookError(
      index: cell, executionCount: document.cells[cell].executionCount, name: name, value: value,
      traceback: traceback)
  }

  /// Writes what the cells before have left, at once or as soon as there has been a pause: the cell that begins may run for
  /// hours, and be the end of us.
  private func saveSoon() {
    planSave(isOwed: plan.savesAtCells)
    guard let work = session.plannedWork, work.at <= .now else { return }
    session.plannedWork = nil
    save()
  }

  private func planSave(isOwed: Bool) {
    session.plannedWork = saver.due(isOwed: isOwed, every: plan.savesEvery).map {
      (at: $0, body: { [unowned self] in save() })
    }
  }

  /// Writes what there is.
  private func save() {
    takeOutputs()
    defer { planSave(isOwed: false) }
    guard let failure = saver.save(document) else { return }
    hearing.listener.warned("\(failure.message); the run goes on, and the end will try again")
  }

  private func takeOutputs() {
    for cell in hearing.changedCells {
      document.cells[cell].outputs = session.outputs.outputs(
        of: cell, foldsLines: plan.foldsLines)
    }
    hearing.changedCells = []
  }
}

/// Passes on what the kernel shows, and remembers where.
private final class Hearing: KernelListener {
  let listener: any NotebookListener
  var changedCells: Set<Int> = []

  init(_ listener: any NotebookListener) { self.listener = listener }

  func changed(_ event: OutputAssembler.Event) {
    changedCells.insert(event.cell)
    listener.outputChanged(event.cell, event.change)
  }

  func warned(_ text: String) { listener.warned(text) }
}

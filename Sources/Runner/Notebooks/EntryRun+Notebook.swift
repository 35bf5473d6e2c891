import Glibc
import Notebooks
import Platform
import Projects
import Records
import Synchronization
import SystemPackage

extension EntryRun {
  /// Runs the notebook of the entry point from top to bottom in a fresh kernel; it becomes the run's document.
  func execute(
    _ notebook: NotebookPlan, _ place: Place, _ variables: [String: String],
    _ passage: OutputPassage?
  ) async throws -> Result {
    let (run, store) = (place.run, place.store)
    let metrics = try MetricsFile(creatingAt: place.records.metricsFile(of: run.id))
    var problems = [Failure]()
    let door = place.server == nil ? openDoor(&problems) : nil
    let given = try self.variables(variables, place, metrics.path, door, nil)
    let listener = RunListener(
      run: run, store: store, metrics: metrics,
      displays: DisplayFile(at: place.records.displayFile(of: run.id)), server: place.server)
    let attending = Task { await attend(door, store) }
    let watching = Task { await watch(door, listener) }
    var execution = try execution(notebook, given)
    execution.output = DocumentFolder(of: run).notebook
    try FileSystem.createDirectory(DocumentFolder(of: run).path)
    let hearing = NotebookListening(
      run, store, listener, passage: passage, progress: progress, announce: announce,
      cells: try execution.selection.cells(of: notebook.document))
    let isOver = Atomic(false)
    let outcome: NotebookResult
    do {
      outcome = try await TimeLimit.run(plan.timeout, isOver) {
        [execution] in try await execution.run(notebook.document, listener: hearing)
      }
    } catch {
      progress.clear()
      watching.cancel()
      door?.close()
      _ = await attending.value
      _ = listener.finish()
      throw error
    }
    progress.clear()
    watching.cancel()
    await watching.value
    door?.close()
    if let trouble = await attending.value { problems.append(trouble) }
    problems += listener.finish()
    var result = result(
      of: outcome, notebook, isOver: isOver.load(ordering: .relaxed), passage, problems)
    result.begun = door?.runs(besides: run.id) ?? []
    return result
  }

  /// How a notebook is run here.
  private func execution(
    _ notebook: NotebookPlan, _ variables: [String: String]
  ) throws -> NotebookExecution {
    let folder = plan.project.folder
    let spec = try KernelSpecs(variables: variables, project: folder).find(notebook.kernel)
    var options = KernelOptions(variables: variables, directory: folder)
    options.allowsWarm = variables["REPRISE_COLD_KERNELS"]?.isEmpty ?? true
    return NotebookExecution(spec: spec, kernel: options)
  }

  /// Metrics are read and clients are let in while the kernel runs, as for a child of ours.
  private func watch(_ door: RunDoor?, _ listener: RunListener) async {
    var door = door
    while !Task.isCancelled {
      _ = listener.tick()
      if let bell = door?.doorbell {
        var wait = pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&wait, 1, 0) > 0 {
          bell.ring()
          door = nil
        }
      }
      try? await Task.sleep(for: .milliseconds(100))
    }
  }

  private func result(
    of outcome: NotebookResult, _ notebook: NotebookPlan, isOver: Bool, _ passage: OutputPassage?,
    _ problems: [Failure]
  ) -> Result {
    var ending = RunEnding(
      status: .finished, endTime: Clock.milliseconds(), cpuSeconds: outcome.end?.cpuSeconds,
      peakMemory: outcome.end?.peakMemory)
    var exitCode = outcome.exitCode
    var problems = problems
    var isForced = false
    switch outcome.status {
    case .completed: break
    case .stopped(let cell): announce("note: cell \(cell + 1) ended the notebook early")
    case .failed(let cell), .timedOut(let cell), .died(let cell):
      ending.status = .failed
      problems.append(failure(in: cell, outcome, notebook))
      tell(outcome, passage)
    case .cancelled:
      ending.status = .killed
      isForced = true
      exitCode = Failure.Code.interrupted.exitCode
      if isOver, let timeout = plan.timeout {
        exitCode = EntryRun.timedOut
        problems.append(EntryRun.tooLong(timeout))
      }
    }
    ending.exitCode = Int(exitCode)
    return Result(ending: ending, exitCode: exitCode, problems: problems, isForced: isForced)
  }

  private func failure(
    in cell: Int, _ outcome: NotebookResult, _ notebook: NotebookPlan
  ) -> Failure {
    let error = outcome.error.map { $0.value.isEmpty ? $0.name : "\($0.name): \($0.value)" }
    return Failure(
      .no, "cell \(cell + 1) of `\(notebook.name)` failed: \(error ?? "no reason was given")",
      hint: "the notebook with what came of it: reprise runs report")
  }

  /// The end of the traceback, as a program's would stand on its standard error.
  private func tell(_ outcome: NotebookResult, _ passage: OutputPassage?) {
    guard let passage, let error = outcome.error else { return }
    let text = ANSIText.withoutColours(error.traceback.joined(separator: "\n"))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).suffix(20)
    Array((lines.joined(separator: "\n") + "\n").utf8).withUnsafeBytes {
      passage.take($0, from: .error)
    }
  }
}

import Formats
import Notebooks
import Platform
import SystemPackage

/// Runs notebooks that are prepared, some at a time, and tells how each ended.
struct NotebookRunner: Sendable {
  let console: Console
  let place: Place
  /// From which level on something is said of a run.
  let level: NotebookLogLevel

  /// Runs them, and gives the exit status of each.
  ///
  /// A signal interrupts the kernels; what came of the notebooks is written, and the status is 128 and the signal's number.
  func run(_ requests: [NotebookRunRequest], atATime limit: Int) async -> [Int32] {
    let (statuses, signal) = await NotebookJobs.run(requests, atATime: limit) { request in
      await exitStatus(of: request)
    }
    return statuses.map { status in signal.map { 128 + $0 } ?? status ?? 0 }
  }

  /// Runs one, and gives papermill's exit status. One that cannot be run is told of, and does not stop the others.
  private func exitStatus(of request: NotebookRunRequest) async -> Int32 {
    do {
      return try await run(request)
    } catch let failure as Failure {
      console.report(failure)
      return NotebookRunCommand.status(of: failure)
    } catch {
      return Failure.Code.interrupted.exitCode
    }
  }

  private func run(_ request: NotebookRunRequest) async throws -> Int32 {
    let log = NotebookRunLog(request, console: console, place: place, level: level)
    let execution = try execution(of: request)
    try log.openFiles()
    let result = try await execution.run(request.document, listener: log)
    try log.finish()
    if request.outputPath == "-" { console.write(result.document.utf8()) }
    if let error = result.error {
      console.report(failure(error, in: request, result))
    }
    return result.exitCode
  }

  /// Writes a notebook whose kernel is not there, as papermill does: who looks into it finds what was to run, and no outputs
  /// of an earlier run. Its cells stay pending, where papermill calls them completed.
  private func writeUnrun(_ request: NotebookRunRequest) throws {
    guard request.options.savesAtCells, request.outputPath != "-" else { return }
    var document = request.document
    let begin = NotebookTime.now()
    document.beginRun(at: begin)
    document.endRun(started: begin, at: .now())
    try document.write(to: NotebookFile(request.outputPath, in: place).path())
  }

  private func execution(of request: NotebookRunRequest) throws -> NotebookExecution {
    guard let name = request.kernel else {
      throw Failure(
        .invalid, "the notebook names no kernel",
        hint: "name one with `-k`, or save the notebook in Jupyter, which writes `kernelspec`")
    }
    let options = request.options
    let folder = try FileSystem.absolute(
      FilePath(options.workingDirectory ?? "."), in: place.folder)
    guard FileSystem.isDirectory(folder) else {
      throw Failure(.notFound, "`\(folder)` is not a folder", hint: "see `--cwd`")
    }
    let spec: KernelSpec
    do {
      spec = try KernelSpecs(variables: place.variables, project: place.folder).find(name)
    } catch {
      do {
        try writeUnrun(request)
      } catch let failure as Failure {
        console.warn(failure)
      }
      throw error
    }
    var kernel = KernelOptions(variables: place.variables, directory: folder)
    kernel.startLimit = .seconds(options.startLimit)
    kernel.allowsWarm = options.allowsWarm
    var execution = NotebookExecution(spec: spec, kernel: kernel)
    execution.selection = CellSelection(
      only: options.only, skipped: options.skipped, until: options.until)
    execution.cellLimit = options.cellLimit.map { .seconds($0) }
    execution.output =
      request.outputPath == "-" ? nil : try NotebookFile(request.outputPath, in: place).path()
    execution.savesAtCells = options.savesAtCells
    execution.savesEvery =
      options.savesAtCells && options.savesEvery > 0 ? .seconds(options.savesEvery) : nil
    execution.foldsLines = options.foldsLines
    return execution
  }

  /// The error with the cell's number, its traceback and where the notebook is.
  private func failure(
    _ error: NotebookError, in request: NotebookRunRequest, _ result: NotebookResult
  ) -> Failure {
    var failure = Failure(
      .no,
      "\(request.inputPath) failed at \(error.place): \(error.name)"
        + (error.value.isEmpty ? "" : ": \(ANSIText.withoutColours(error.value))"))
    failure.excerpt = error.text
    if !result.lastWords.isEmpty { failure.cause = result.lastWords }
    if request.outputPath != "-" {
      failure.hint = "the notebook as far as it came: \(request.outputPath)"
    }
    return failure
  }
}

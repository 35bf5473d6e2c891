import Formats
import Notebooks
import Platform
import Runner
import SystemPackage

/// One call of `reprise notebook test`.
struct NotebookTestJobs: Sendable {
  private let command: NotebookTestCommand
  private let console: Console
  private let place: Place
  /// Where the project's environment is looked for.
  private let root: FilePath
  private let items: [NotebookPaths.Item]
  private let options: NotebookTestOptions
  private let progress: ProgressLine

  /// - Throws: ``Failure`` about the project, what is named, the file of patterns, or where the report is to be written.
  init(_ command: NotebookTestCommand) throws {
    self.command = command
    console = command.global.console
    let project = try CheckPlace(command.global)
    place = project.place
    root = project.root
    progress = ProgressLine(console: console)
    var options = NotebookTestOptions()
    options.rtol = command.rtol
    options.atol = command.atol
    options.isLax = command.isLax
    options.ignoresImages = command.ignoreImages
    if let name = command.sanitizeWith {
      let path = try FileSystem.absolute(FilePath(name), in: place.folder)
      let patterns = try SanitizePatterns(reading: path, name: name)
      options.sanitizer = { try patterns.sanitized($0) }
    }
    self.options = options
    if let junit = command.junit { try NotebookFile(junit, in: place).checkWritable() }
    items = try NotebookPaths(command.paths, in: project).items
  }

  /// Does it, and gives the exit status.
  func perform() async throws -> Int32 {
    let (outcomes, signal) = await NotebookJobs.run(items, atATime: command.jobs) { item in
      await test(item)
    }
    progress.clear()
    let reports = zip(items, outcomes).map { item, report in
      report
        ?? NotebookTestReport(name: item.name, kernel: nil, outcome: .interrupted, seconds: 0)
    }
    let page = NotebookTestPage(console: console)
    console.show(.array(reports.map(\.json))) { page.text(of: reports) }
    for report in reports {
      if case .impossible(let failure) = report.outcome { console.report(failure) }
    }
    if let junit = command.junit {
      try FileSystem.write(
        NotebookTestJUnit.text(reports), to: NotebookFile(junit, in: place).path(),
        durable: false)
    }
    console.note(page.summary(reports))
    return signal.map { 128 + $0 } ?? reports.map(\.exitCode).max() ?? 0
  }

  // MARK: A notebook

  private func test(_ item: NotebookPaths.Item) async -> NotebookTestReport {
    let start = ContinuousClock.now
    var report = NotebookTestReport(
      name: item.name, kernel: nil, outcome: .interrupted, seconds: 0)
    do {
      let bytes = try FileSystem.read(item.path, limit: 1 << 30)
      let document = try Self.document(bytes, item.name)
      let kernel = try kernel(of: document, item.name)
      report.kernel = kernel
      let test = NotebookTest(document, try execution(kernel, item.path), options)
      let watch = NotebookTestWatch(item.name, document.cells.count, progress, console)
      let result = try await test.run(listener: watch)
      report.outcome = .tested(result)
      if command.update, case .completed = result.status, !result.replacements.isEmpty {
        try write(result.replacements, into: item, bytes)
        report.isUpdated = true
      }
    } catch let failure as Failure {
      report.outcome = Task.isCancelled ? .interrupted : .impossible(failure)
    } catch {
      report.outcome = .interrupted
    }
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return report
  }

  private static func document(_ bytes: [UInt8], _ name: String) throws -> NotebookDocument {
    do throws(ParseFailure) {
      return try NotebookDocument(parsing: bytes)
    } catch {
      throw error.failure(in: name)
    }
  }

  /// The one that is asked for, else the notebook's own; Python's for a notebook of Python that names none.
  private func kernel(of document: NotebookDocument, _ name: String) throws -> String {
    if let kernel = command.kernel ?? document.kernelName { return kernel }
    guard document.language?.lowercased() ?? "python" == "python" else {
      throw Failure(
        .invalid, "the notebook `\(name)` names no kernel",
        hint: "name one with `-k`, or save the notebook in Jupyter, which writes `kernelspec`")
    }
    return "python3"
  }

  private func execution(_ kernel: String, _ notebook: FilePath) throws -> NotebookExecution {
    let folder =
      try command.cwd.map { try FileSystem.absolute(FilePath($0), in: place.folder) }
      ?? (FileSystem.realPath(notebook) ?? notebook).removingLastComponent()
    guard FileSystem.isDirectory(folder) else {
      throw Failure(.notFound, "`\(folder)` is not a folder", hint: "see `--cwd`")
    }
    let spec = try KernelSpecs(variables: place.variables, project: root).find(kernel)
    var options = KernelOptions(variables: place.variables, directory: folder)
    options.startLimit = .seconds(command.startTimeout)
    options.allowsWarm = !command.cold && place.variables["REPRISE_COLD_KERNELS"] ?? "" == ""
    var execution = NotebookExecution(spec: spec, kernel: options)
    execution.cellLimit = command.timeout.map { .seconds($0) }
    return execution
  }

  /// Puts the new outputs into the file, whole or not at all.
  ///
  /// - Throws: ``Failure`` with `.conflict` when somebody changed the file meanwhile.
  private func write(
    _ replacements: [Int: [OutputReplacement.Output]], into item: NotebookPaths.Item,
    _ bytes: [UInt8]
  ) throws {
    guard try FileSystem.read(item.path, limit: 1 << 30) == bytes else {
      throw Failure(
        .conflict, "`\(item.name)` was changed while it was tested, and stays as it is",
        hint: "test it again")
    }
    let new: [UInt8]
    do throws(ParseFailure) {
      var replacement = try OutputReplacement(in: bytes)
      for (cell, outputs) in replacements {
        replacement.replace(outputsOf: cell, with: outputs)
      }
      new = replacement.bytes
    } catch { throw error.failure(in: item.name) }
    try FileSystem.write(new, to: item.path)
  }
}

/// Shows how far a test is.
private final class NotebookTestWatch: NotebookListener {
  private let name: String
  private let total: Int
  private let progress: ProgressLine
  private let console: Console

  init(_ name: String, _ total: Int, _ progress: ProgressLine, _ console: Console) {
    self.name = name
    self.total = total
    self.progress = progress
    self.console = console
  }

  func cellBegan(_ cell: Int) { progress.update("\(name): cell \(cell + 1) of \(total)") }

  func warned(_ text: String) { console.warn(Failure(.invalid, "\(name): \(text)")) }
}

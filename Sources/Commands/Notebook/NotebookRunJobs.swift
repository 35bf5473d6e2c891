import Formats
import Glibc
import Notebooks
import Platform
import SystemPackage

/// One call of `reprise notebook run`.
struct NotebookRunJobs {
  private let papermill: PapermillOptions
  private let additions: NotebookRunAdditions
  private let console: Console
  private let place: Place
  private let paths: [String]

  init(_ command: NotebookRunCommand, console: Console) throws {
    papermill = command.papermill
    additions = command.additions
    paths = command.paths
    place = try Place(command.global)
    self.console = console
  }

  /// Does it, and gives the exit status.
  func perform() async throws -> Int32 {
    if papermill.showsVersion {
      console.print(
        "reprise \(Program.version), by the rules of papermill \(NotebookDocument.papermillVersion)"
      )
      return 0
    }
    let plan = try NotebookRunPlan(
      paths: paths, sweeps: additions.sweep, into: additions.into,
      asksForHelp: papermill.helpNotebook)
    let inputs = NotebookRunInputs(papermill, in: place)
    if papermill.helpNotebook, let job = plan.jobs.first {
      return try showHelp(of: job.input, parameters: inputs.parameters(for: job))
    }
    if let engine = papermill.engine, engine != "nbclient" {
      throw Failure(
        .invalid, "No engine named '\(engine)' found", hint: "there is only `nbclient`")
    }
    let requests = try plan.jobs.map { try prepared($0, inputs) }
    try refuseSameOutputs(requests)
    var statuses = [Int32](repeating: 0, count: requests.count)
    if papermill.preparation == .prepareOnly {
      for request in requests { try write(request) }
    } else {
      let level = requests.map { self.level($0.outputPath) }.max() ?? papermill.logLevel
      let rest = requests.indices.filter { !isDone(requests[$0]) }
      let ended = await NotebookRunner(console: console, place: place, level: level)
        .run(rest.map { requests[$0] }, atATime: additions.jobs)
      for (index, status) in zip(rest, ended) { statuses[index] = status }
    }
    show(requests, statuses)
    return statuses.first { $0 != 0 } ?? 0
  }

  /// Whether `--resume` leaves a notebook out.
  private func isDone(_ request: NotebookRunRequest) -> Bool {
    guard request.options.resumes, request.outputPath != "-",
      let path = try? NotebookFile(request.outputPath, in: place).path(),
      let old = try? NotebookDocument(reading: path), request.isDone(by: old)
    else { return false }
    console.note("\(request.outputPath) is complete and stays")
    return true
  }

  /// Under `--json`, what was written and how it ended; not on top of a notebook that is on standard output.
  private func show(_ requests: [NotebookRunRequest], _ statuses: [Int32]) {
    guard console.printsJSON, requests.allSatisfy({ $0.outputPath != "-" }) else { return }
    let runs = zip(requests, statuses).map { request, status -> JSONValue in
      let parameters = request.parameters.entries.map {
        JSONValue.Member($0.name, .string($0.value.pythonRepr))
      }
      return [
        "input": .string(request.inputPath), "output": .string(request.outputPath),
        "status": .int(Int64(status)), "parameters": .object(parameters),
      ]
    }
    console.show(.array(runs)) { "" }
  }

  private func showHelp(of path: String, parameters: NotebookParameters) throws -> Int32 {
    let path = path
    let read = try PathTemplate(path).path(for: parameters, in: run())
    let help = try ParameterHelp(of: NotebookFile(read, in: place).read(), at: path)
    for warning in help.warnings { warn(Failure(.invalid, warning), from: .warning) }
    console.write(
      Array(
        ("Usage: reprise notebook run [OPTIONS] NOTEBOOK_PATH [OUTPUT_PATH]\n" + help.text).utf8))
    return help.exitCode
  }

  private func prepared(
    _ job: NotebookRunPlan.Job, _ inputs: NotebookRunInputs
  ) throws -> NotebookRunRequest {
    let parameters = try inputs.parameters(for: job)
    let run = run()
    let input = try PathTemplate(job.input).path(for: parameters, in: run)
    let output = try PathTemplate(job.output).path(for: parameters, in: run)
    say("Input Notebook:  \(input)", output: output)
    say("Output Notebook: \(output)", output: output)
    if let cwd = papermill.cwd { say("Working directory: \(cwd)", output: output) }
    let document = try NotebookFile(input, in: place).read()
    let preparation = try NotebookPreparation(
      document, parameters: parameters, inputPath: input, outputPath: output,
      options: options(for: output))
    try NotebookFile(output, in: place).checkWritable()
    for warning in preparation.warnings { warn(warning, from: .warning, output: output) }
    return preparation.request
  }

  private func options(for output: String) -> NotebookRunOptions {
    var options = NotebookRunOptions()
    options.kernel = papermill.kernel
    options.language = papermill.language
    options.workingDirectory = papermill.cwd
    options.isReport = papermill.reportMode
    options.isStrict = additions.strictParameters
    options.injectedNames = NotebookRunInputs.pathNames
    // To standard output it goes once.
    options.savesAtCells = papermill.requestSaveOnCellExecute && output != "-"
    options.savesEvery = max(0, papermill.autosaveCellEvery)
    options.startLimit = papermill.startTimeout
    options.cellLimit = papermill.executionTimeout.flatMap { $0 > 0 ? $0 : nil }
    options.showsProgress =
      papermill.progressBar ?? (output != "-" && !papermill.logOutput)
    options.logsOutput = papermill.logOutput
    options.standardOutputFile = papermill.stdoutFile
    options.standardErrorFile = papermill.stderrFile
    options.only = additions.only
    options.skipped = additions.skip
    options.until = additions.until
    options.resumes = additions.resume
    options.allowsWarm = !additions.cold
    options.foldsLines = additions.foldsLines
    return options
  }

  private func write(_ request: NotebookRunRequest) throws {
    guard request.outputPath != "-" else { return console.write(request.document.utf8()) }
    try request.document.write(to: NotebookFile(request.outputPath, in: place).path())
  }

  /// Two runs must not write one file.
  private func refuseSameOutputs(_ requests: [NotebookRunRequest]) throws {
    var seen: Set<String> = []
    for request in requests
    where requests.count > 1 && !seen.insert(request.outputPath).inserted {
      throw Failure(
        .usage, "two runs would write `\(request.outputPath)`",
        hint: "name what differs in the output: `out_{alpha}.ipynb`")
    }
  }

  private func run() -> PathTemplate.Run {
    let now = NotebookTime.now()
    return PathTemplate.Run(id: Self.uniqueID(), local: now.local, utc: now.utc)
  }

  /// A random UUID of version 4 (RFC 9562).
  private static func uniqueID() -> String {
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(hexadecimal(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
      .joined(separator: "-")
  }

  /// The level from which is said what happens; with the notebook on standard output papermill says less.
  private func level(_ output: String) -> NotebookLogLevel {
    output == "-" && papermill.logLevel == .info ? .error : papermill.logLevel
  }

  private func say(_ line: String, output: String) {
    if level(output) <= .info { console.note(line) }
  }

  private func warn(
    _ failure: Failure, from wanted: NotebookLogLevel, output: String = ""
  ) {
    if level(output) <= wanted { console.warn(failure) }
  }
}

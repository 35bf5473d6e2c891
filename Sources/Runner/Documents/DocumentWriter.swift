import Formats
import Notebooks
import Platform
import Projects
import Records
import SystemPackage

/// Makes the page of a run's document; whoever knows how runs are shown does.
package protocol ReportRenderer: Sendable {
  /// The page as UTF-8, complete in itself.
  func report(of run: Run, in store: RecordStore, notebook: NotebookDocument) throws -> [UInt8]
}

/// Writes the document of a run: its source when it begins, the rest when it has ended.
package struct DocumentWriter: Sendable {
  let store: RecordStore
  /// Nil: no page is written.
  let renderer: (any ReportRenderer)?

  package init(_ store: RecordStore, _ renderer: (any ReportRenderer)?) {
    self.store = store
    self.renderer = renderer
  }

  /// Keeps the source as it is, and notes that the run begins.
  ///
  /// - Returns: what went wrong; the run need not fail for it.
  func begin(_ run: Run, _ plan: RunPlan, _ script: RunScript?) -> Failure? {
    attempt {
      let folder = DocumentFolder(of: run)
      var log = EventLog(in: folder, since: run.startTime)
      let named: [JSONValue.Member] = script.map { [.init("script", .string($0.name))] } ?? []
      try log.status(.running, named)
      if case .notebook(let notebook) = plan.action {
        try keep(notebook.path, as: notebook.name, in: folder)
      }
      if let script { try keep(script.path, as: script.name, in: folder) }
      if let name = plan.project.manifest.file.flatMap({ FilePath($0).lastComponent }) {
        let manifest = plan.project.folder.appending(name)
        if FileSystem.isFile(manifest) { try keep(manifest, as: name.string, in: folder) }
      }
    }
  }

  private func keep(_ file: FilePath, as name: String, in folder: DocumentFolder) throws {
    guard let target = folder.source.lexicallyResolving(FilePath(name)) else { return }
    try FileSystem.createDirectory(target.removingLastComponent())
    try FileSystem.write(FileSystem.read(file), to: target, durable: false)
  }

  /// Notes that the run has ended, and writes everything.
  func finish(_ run: Run) -> Failure? {
    attempt {
      let folder = DocumentFolder(of: run)
      var log = EventLog(in: folder, since: run.startTime)
      let code: [JSONValue.Member] =
        run.exitCode.map { [.init("exit_code", .int(Int64($0)))] } ?? []
      try log.status(run.status, code)
      try write(run)
    }
  }

  /// Writes everything of a run whose recording was cut off, and notes that it has ended, when it was last heard of.
  ///
  /// Nothing is done for a run that had no document.
  ///
  /// - Parameter displays: what it showed; the end of it may not be among the events yet.
  func recover(_ run: Run, displays: FilePath) -> Failure? {
    let folder = DocumentFolder(of: run)
    guard FileSystem.isFile(folder.events) else { return nil }
    return attempt {
      var log = EventLog(in: folder, since: run.startTime, at: run.endTime ?? run.startTime)
      var shown = DisplayFile(at: displays)
      let known = try RunTranscript(of: run).displayCount
      for bundle in try shown.next(isLast: true).dropFirst(known) { try log.display(bundle) }
      try log.status(run.status)
      try write(run, isCutOff: true)
    }
  }

  /// Writes everything anew.
  ///
  /// - Returns: what went wrong; the record itself is as it was.
  func renew(_ run: RunID) -> Failure? { attempt { try write(store.run(run)) } }

  /// Writes run.json, the notebook and the page anew, from what is recorded of a run.
  package func write(_ run: Run) throws { try write(run, isCutOff: run.status == .running) }

  /// - Parameter isCutOff: whether a notebook may have put out more than was written of it.
  private func write(_ run: Run, isCutOff: Bool) throws {
    let folder = DocumentFolder(of: run)
    try FileSystem.createDirectory(folder.path)
    let record = run.json.text(.indented, sortingKeys: true) + "\n"
    try FileSystem.write(record, to: folder.record, durable: false)
    let notebook = try notebook(of: run, isCutOff: isCutOff)
    // A notebook that was run is the document itself, and whoever runs it writes it.
    let isKept = isExecuted(run) && (!isCutOff || run.status == .running)
    if !isKept || !FileSystem.isFile(folder.notebook) { try notebook.write(to: folder.notebook) }
    guard let renderer else { return }
    try FileSystem.write(
      renderer.report(of: run, in: store, notebook: notebook), to: folder.report, durable: false)
  }

  /// The run as a notebook; the one that was run, when it was one.
  package func notebook(of run: Run) throws -> NotebookDocument {
    try notebook(of: run, isCutOff: run.status == .running)
  }

  private func notebook(of run: Run, isCutOff: Bool) throws -> NotebookDocument {
    let folder = DocumentFolder(of: run)
    var executed: NotebookDocument?
    if isExecuted(run), FileSystem.isFile(folder.notebook) {
      let document = try NotebookDocument(reading: folder.notebook)
      if !isCutOff { return document }
      executed = document
    }
    var notebook = try RunNotebook(of: run, executed: executed)
    return try notebook.document()
  }

  private func isExecuted(_ run: Run) -> Bool { run.command?.hasPrefix("notebook: ") == true }

  private func attempt(_ body: () throws -> Void) -> Failure? {
    do {
      try body()
      return nil
    } catch {
      let why = (error as? Failure)?.message ?? "\(error)"
      return Failure(
        .io, "the document of the run could not be written: \(why)",
        hint: "the record itself is complete; write it again: reprise runs report")
    }
  }
}

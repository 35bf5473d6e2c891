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

  /// Writes everything anew.
  ///
  /// - Returns: what went wrong; the record itself is as it was.
  func renew(_ run: RunID) -> Failure? { attempt { try write(store.run(run)) } }

  /// Writes run.json, the notebook and the page anew, from what is recorded of a run.
  package func write(_ run: Run) throws {
    let folder = DocumentFolder(of: run)
    try FileSystem.createDirectory(folder.path)
    let record = run.json.text(.indented, sortingKeys: true) + "\n"
    try FileSystem.write(record, to: folder.record, durable: false)
    let notebook = try notebook(of: run)
    // A notebook that was run is the document itself.
    if !FileSystem.isFile(folder.notebook) || !isExecuted(run) {
      try notebook.write(to: folder.notebook)
    }
    guard let renderer else { return }
    try FileSystem.write(
      renderer.report(of: run, in: store, notebook: notebook), to: folder.report, durable: false)
  }

  /// The run as a notebook; the one that was run, when it was one.
  package func notebook(of run: Run) throws -> NotebookDocument {
    let folder = DocumentFolder(of: run)
    if isExecuted(run), FileSystem.isFile(folder.notebook) {
      return try NotebookDocument(reading: folder.notebook)
    }
    var notebook = try RunNotebook(of: run)
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

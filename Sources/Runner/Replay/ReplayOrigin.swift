import Formats
import Platform
import Records
import SystemPackage

/// A run that is to be played again, and where what it was made of may be.
package struct ReplayOrigin: Sendable {
  package let run: Run
  let recipe: RunRecipe
  let store: RecordStore
  let records: RecordsFolder
  /// Folders whose repository may hold the commit, the likeliest first.
  let folders: [FilePath]
  /// The top of the tree that the run was started in, as it was called there; it may have been another machine.
  let source: FilePath?

  /// - Parameter folders: further ones that may be in the right repository.
  /// - Throws: ``Failure`` when the record does not say how the run was started, or it has not ended.
  package init(
    _ run: Run, store: RecordStore, records: RecordsFolder, folders: [FilePath]
  ) throws {
    guard let recipe = RunRecipe(run.environment?["recipe"]) else {
      throw Failure(
        .unsupported,
        "run `\(run.name)` cannot be played again: its record does not say how it was started",
        hint: "what `reprise run` and `reprise train` start can be played again")
    }
    guard run.status != .running, run.status != .scheduled else {
      throw Failure(
        .conflict, "run `\(run.name)` has not ended", hint: "wait for it, or end it")
    }
    self.run = run
    self.recipe = recipe
    self.store = store
    self.records = records
    source = ReplayOrigin.path(run.sourceName)
    var all: [FilePath] = []
    if let source, FileSystem.isDirectory(source) { all.append(source) }
    all += [records.path.removingLastComponent()] + folders
    if let commit = run.tag("mlflow.source.git.commit"),
      let code = CodeCache(in: records).repository(of: commit)
    {
      all.append(code)
    }
    self.folders = all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Where the run's artifacts are; they are on this machine, as its record is.
  var artifacts: FilePath { FilePath(run.artifactURI) }

  var commit: String? { run.tag("mlflow.source.git.commit") }

  /// Where something that the run declared may stand in the person's own tree.
  func places(of declared: FilePath) -> [FilePath] {
    folders.flatMap { folder in
      [recipe.project, recipe.workingFolder, ""].compactMap { $0 }.map {
        folder.pushing(FilePath($0)).pushing(declared).lexicallyNormalized()
      }
    }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// What was changed and not committed; empty when nothing was.
  func patch() throws -> [UInt8] {
    let file = artifacts.appending("code/uncommitted.patch")
    guard FileSystem.isFile(file) else {
      // Only what the patch leaves out was changed, or the artifact has gone.
      return []
    }
    return try FileSystem.read(file)
  }

  /// The folder that a source names: `file:///top#below`, `/folder#below`.
  private static func path(_ source: String?) -> FilePath? {
    guard var text = source else { return nil }
    if text.hasPrefix("file://") { text.removeFirst(7) }
    let path = FilePath(String(text.prefix { $0 != "#" }))
    return path.isAbsolute ? path : nil
  }
}

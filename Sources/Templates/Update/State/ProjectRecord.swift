import Formats
import Platform
import SystemPackage

/// All that a project says of its template, in our own file and in those of cruft and copier.
package struct ProjectRecord: Sendable {
  package var state: ScaffoldState
  package var cruft: CruftFile?
  /// What copier says of the version; not yet a commit's name.
  package var copierVersion: String?
  /// Where the answers file of copier is, below the project; nil when there is none.
  package var copierAnswersPath: TreePath?

  /// Reads what is there.
  ///
  /// Where another program has moved the project on since, its file counts, and the list of files is dropped: it is that of
  /// another version.
  ///
  /// - Throws: ``Failure`` with `.notFound` when the project does not say where it comes from.
  package static func read(in project: FilePath) throws -> ProjectRecord {
    let own = try ScaffoldState.read(in: project)
    let cruft = try CruftFile.read(in: project)
    let copier = try CopierAnswersFile.read(in: project)
    if var state = own {
      var record = ProjectRecord(state: state, cruft: cruft)
      if let cruft, state.kind == .cookiecutter, cruft.commit != state.commit {
        state.commit = cruft.commit
        state.answers = cruft.answers
        state.files = nil
      }
      record.state = state
      if state.kind == .copier, let copier {
        record.copierVersion = copier.version
        record.copierAnswersPath = TreePath(CopierAnswersFile.path)
        record.state.answers = copier.answers
      }
      return record
    }
    if let cruft {
      let state = ScaffoldState(
        kind: .cookiecutter, template: cruft.template, commit: cruft.commit,
        checkout: cruft.checkout, directory: cruft.directory, answers: cruft.answers)
      return ProjectRecord(state: state, cruft: cruft)
    }
    if let copier {
      let state = ScaffoldState(
        kind: .copier, template: copier.template, commit: nil, answers: copier.answers)
      return ProjectRecord(
        state: state, copierVersion: copier.version,
        copierAnswersPath: TreePath(CopierAnswersFile.path))
    }
    throw Failure(
      .notFound,
      "`\(project)` does not say which template it was made from: no `.reprise/scaffold.json`, `.cruft.json` or `.copier-answers.yml`",
      hint: "reprise template link TEMPLATE")
  }
}

import Records
import SystemPackage

/// The files of a run's document, in `document` among its artifacts: what was run and what came of it, to be read without this
/// program.
package struct DocumentFolder: Sendable, Hashable {
  package let path: FilePath

  /// Below a run's artifacts.
  package static let name = "document"

  /// Artifacts that say again what the record says, where and when they were written.
  static let retold: Set<String> = ["\(name)/run.json", "\(name)/report.html"]

  package init(of run: Run) {
    self.init(at: FilePath(run.artifactURI).appending(DocumentFolder.name))
  }

  init(at path: FilePath) { self.path = path }

  /// What is known of the run, as `reprise runs show --json` prints it.
  package var record: FilePath { path.appending("run.json") }
  /// What happened, a line each as it happened; see ``EventLog``.
  package var events: FilePath { path.appending("events.jsonl") }
  /// The source as it was, under the names that it has in the project.
  package var source: FilePath { path.appending("source") }
  /// Source and outputs as a notebook (nbformat 4.5).
  package var notebook: FilePath { path.appending("out.ipynb") }
  /// All of it as one page that needs nothing else.
  package var report: FilePath { path.appending("report.html") }
}

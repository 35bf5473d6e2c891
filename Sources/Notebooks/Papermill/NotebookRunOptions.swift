/// How a notebook is to be prepared and run.
package struct NotebookRunOptions: Sendable, Equatable {
  /// In place of the notebook's own.
  package var kernel: String?
  package var language: String?
  /// Where the code runs; where we were started when nil.
  package var workingDirectory: String?
  package var isReport = false
  /// Whether unknown parameters, and values of another type than the default's, stop the run.
  package var isStrict = false
  /// Names of parameters that we give ourselves.
  package var injectedNames: Set<String> = []

  /// Whether the notebook is written at the ends of cells.
  package var savesAtCells = true
  /// Seconds between writes while a cell runs; 0 for none.
  package var savesEvery = 30
  /// Seconds that a kernel may take to start.
  package var startLimit = 60
  /// Seconds that a cell may run; for ever when nil, or 0 as papermill has it.
  package var cellLimit: Int?
  package var showsProgress = true
  /// Whether outputs of cells are written to the log too.
  package var logsOutput = false
  /// Files that get what cells print; `-` for standard output.
  package var standardOutputFile: String?
  package var standardErrorFile: String?

  /// Cells with one of these tags alone.
  package var only: [String] = []
  /// No cells with one of these tags.
  package var skipped: [String] = []
  /// None behind the first cell of this tag or id.
  package var until: String?
  /// Whether a notebook is left out whose output is there and complete; see ``NotebookRunRequest/isDone(by:)``.
  package var resumes = false
  /// Whether a fork of a kernel that is running already may be taken.
  package var allowsWarm = true
  /// Whether lines that are written over are kept as a terminal would show them.
  package var foldsLines = false

  package init() {}
}

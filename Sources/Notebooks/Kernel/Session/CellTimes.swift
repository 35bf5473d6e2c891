/// When a cell was busy, as the kernel wrote it (`metadata.execution` of a notebook's cell).
package struct CellTimes: Sendable, Equatable {
  package var busy: String?
  package var input: String?
  package var reply: String?
  package var idle: String?

  /// The members of `metadata.execution`.
  package var metadata: NotebookJSON {
    var object = NotebookObject()
    let members = [
      ("iopub.status.busy", busy), ("iopub.execute_input", input), ("shell.execute_reply", reply),
      ("iopub.status.idle", idle),
    ]
    for (name, time) in members { object[name] = time.map { .string($0) } }
    return .object(object)
  }
}

/// What is known of a cell that runs: a value that messages change.
struct CellExecution: Sendable {
  /// What the kernel replied.
  enum Reply: Sendable, Equatable {
    case ok
    case failed(name: String, value: String, traceback: [String])
    /// It was not run, because one before it failed.
    case aborted
  }

  private(set) var reply: Reply?
  private(set) var isIdle = false
  private(set) var count: Int?
  private(set) var times = CellTimes()

  /// Whether both have come: the reply, and the word that all outputs have been sent. They race.
  var isDone: Bool { isIdle && reply != nil }

  /// Takes in a message on `iopub` that belongs to the cell.
  mutating func receive(_ kind: MessageKind, _ content: NotebookJSON, date: String) {
    if let count = content["execution_count"]?.int { self.count = count }
    switch kind {
    case .status where content["execution_state"]?.string == "busy":
      times.busy = date
    case .status where content["execution_state"]?.string == "idle":
      times.idle = date
      isIdle = true
    case .executeInput: times.input = date
    default: break
    }
  }

  /// A later request was heard of on `iopub`, where nothing overtakes: what has not come by now is lost.
  mutating func isPassed() { isIdle = true }

  /// Takes in the reply on `shell`.
  mutating func receiveReply(_ content: NotebookJSON, date: String) {
    times.reply = date
    if let count = content["execution_count"]?.int { self.count = count }
    switch content["status"]?.string {
    case "ok": reply = .ok
    case "aborted", "abort": reply = .aborted
    default:
      reply = .failed(
        name: content["ename"]?.string ?? "", value: content["evalue"]?.string ?? "",
        traceback: (content["traceback"]?.array ?? []).compactMap(\.string))
    }
  }
}

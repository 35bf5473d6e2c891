import Formats
import Platform

extension KernelSession {
  /// What is being done about a cell that has to end.
  private enum Force { case none, interrupted(CellEnd.Outcome) }

  /// Runs the code of a cell and waits for its end.
  ///
  /// When its time is over, or the task is cancelled, the kernel is interrupted, which tells in a traceback where the code
  /// was; one that goes on is killed.
  ///
  /// - Parameter limit: how long it may run; for ever when nil.
  func execute(_ code: String, cell: Int, stopsOnError: Bool, limit: Duration?) throws -> CellEnd {
    outputs.begin(cell)
    var execution = CellExecution()
    let request = try sockets.send(
      .executeRequest, on: .shell,
      content: [
        "allow_stdin": false, "code": .string(code), "silent": false,
        "stop_on_error": .bool(stopsOnError), "store_history": true, "user_expressions": [:],
      ])
    cells[request] = cell
    var deadline = limit.map { ContinuousClock.now + $0 }
    var force = Force.none
    var isExtended = false
    var probe = IdleProbe()
    while !execution.isDone {
      let wake = [deadline, probe.next].compactMap { $0 }.min()
      let isAlive = try step(until: wake) { channel, message in
        take(message, of: request, on: channel, into: &execution)
        if channel == .iopub, probe.isAnswered(by: message), !execution.isIdle {
          listener.warned("the kernel published faster than it could send: some output was lost")
          execution.isPassed()
        }
      }
      if execution.reply != nil, !execution.isIdle, probe.isDue(at: .now) {
        probe.sent(try sockets.send(.kernelInfoRequest, on: .shell))
      }
      guard isAlive else { return ended(execution, force) }
      let now = ContinuousClock.now
      switch force {
      case .none where isCancelled || deadline.map { now >= $0 } == true:
        guard !execution.isDone else { break }
        force = .interrupted(isCancelled ? .cancelled : .timedOut(isAlive: true))
        try interrupt()
        deadline = now + options.patience
      case .interrupted where deadline.map { now >= $0 } == true:
        if execution.reply != nil, !isExtended {
          // It did stop; what it had printed is still on its way.
          isExtended = true
          deadline = now + options.patience * 6
          continue
        }
        killNow()
        return ended(execution, force)
      default: break
      }
    }
    try settle()
    // Before the next cell, which may look at them.
    for update in outputs.takeWidgetUpdates() {
      try sockets.send(.commMessage, on: .shell, rawContent: Array(update.text().utf8))
    }
    return CellEnd(
      outcome: outcome(execution, force), count: execution.count, times: execution.times)
  }

  /// Waits a moment for what the cell's own children wrote: a thread of IPython's kernel brings it, behind the word that the
  /// cell is done, and gives it to the cell that was asked for last.
  private func settle() throws {
    let deadline = ContinuousClock.now + options.settling
    while end == nil, ContinuousClock.now < deadline {
      try step(until: deadline) { channel, message in
        if channel == .iopub { show(message) }
      }
    }
  }

  private func take(
    _ message: WireMessage, of request: String, on channel: KernelConnection.Channel,
    into execution: inout CellExecution
  ) {
    guard let kind = message.kind, let content = try? message.parsedContent() else { return }
    let isOwn = message.parent == request
    if channel == .shell {
      if isOwn, kind == .executeReply { execution.receiveReply(content, date: message.date) }
      return
    }
    if isOwn { execution.receive(kind, content, date: message.date) }
    show(kind, content, message)
  }

  private func outcome(_ execution: CellExecution, _ force: Force) -> CellEnd.Outcome {
    if case .interrupted(let outcome) = force { return outcome }
    switch execution.reply {
    case .failed(let name, let value, let traceback):
      return .failed(name: name, value: value, traceback: traceback)
    case .aborted: return .failed(name: "", value: "the kernel did not run the cell", traceback: [])
    case .ok, nil: return .ok
    }
  }

  /// The end of a cell whose kernel is no more.
  private func ended(_ execution: CellExecution, _ force: Force) -> CellEnd {
    var outcome = CellEnd.Outcome.died(end ?? KernelEnd(status: nil))
    switch force {
    case .interrupted(.timedOut): outcome = .timedOut(isAlive: false)
    case .interrupted(let other): outcome = other
    case .none: break
    }
    return CellEnd(outcome: outcome, count: execution.count, times: execution.times)
  }
}

import Platform

extension KernelSession {
  /// How long `iopub` may be silent after a reply before the kernel is asked again; doubled each time.
  private static let firstNudge = Duration.milliseconds(50)
  private static let lastNudge = Duration.seconds(1)

  /// Starts a kernel and waits until it can run code: until it has answered, and what it publishes is heard.
  ///
  /// - Throws: ``Failure`` when it does not start, ends at once, or says nothing in time, with what it wrote; with
  ///   `.interrupted` when the task is cancelled.
  static func start(
    _ spec: KernelSpec, _ options: KernelOptions, alarm: Int32, listener: any KernelListener
  ) throws -> KernelSession {
    let session = try KernelSession(
      spec, options, transport: spec.wantsTCP ? .tcp : .ipc, alarm: alarm, listener: listener)
    try session.waitUntilReady()
    return session
  }

  private func waitUntilReady() throws {
    let deadline = ContinuousClock.now + options.startLimit
    var requests: Set<String> = [try sockets.send(.kernelInfoRequest, on: .shell)]
    var isHeard = false
    var pause = Self.firstNudge
    var nextNudge: ContinuousClock.Instant?
    while info == nil || !isHeard {
      let isAlive = try step(until: min(deadline, nextNudge ?? deadline)) { channel, message in
        switch channel {
        case .shell where message.kind == .kernelInfoReply:
          info = try? KernelInfo(message.parsedContent())
          nextNudge = nextNudge ?? .now + pause
        case .iopub where message.kind == .iopubWelcome || requests.contains(message.parent ?? ""):
          isHeard = true
        default: break
        }
      }
      guard isAlive else { throw died() }
      if isCancelled { throw abandon(Failure(.interrupted, "interrupted")) }
      let now = ContinuousClock.now
      if now >= deadline { throw abandon(silent()) }
      if let nudge = nextNudge, now >= nudge, !isHeard {
        requests.insert(try sockets.send(.kernelInfoRequest, on: .shell))
        pause = min(pause * 2, Self.lastNudge)
        nextNudge = now + pause
      }
    }
  }

  private func abandon(_ failure: Failure) -> Failure {
    killNow()
    return failure
  }

  private func died() -> Failure {
    let how = end?.explanation ?? "ended"
    return Failure(
      .io, "the kernel `\(spec.name)` \(how) while it was started", cause: lastWordsIfAny)
  }

  private func silent() -> Failure {
    var cause = lastWordsIfAny
    if sockets.dropped > 0 {
      cause = "\(sockets.dropped) messages were dropped, the last one: \(sockets.lastDropped)"
    }
    return Failure(
      .io,
      "the kernel `\(spec.name)` did not answer within \(options.startLimit.components.seconds) s",
      hint: "give it longer with --start-timeout, or see whether it starts in Jupyter",
      cause: cause)
  }

  private var lastWordsIfAny: String? { lastWords.isEmpty ? nil : lastWords }
}

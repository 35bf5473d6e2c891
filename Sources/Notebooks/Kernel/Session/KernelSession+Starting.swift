import Platform

extension KernelSession {
  /// How long `iopub` may be silent after a reply before the kernel is asked again; doubled each time.
  private static let firstNudge = Duration.milliseconds(50)
  private static let lastNudge = Duration.seconds(1)

  /// Starts a kernel and waits until it can run code: until it has answered, and what it publishes is heard.
  ///
  /// A kernel that cannot be reached over Unix sockets, which some libraries do not have, is started again over TCP.
  ///
  /// - Throws: ``Failure`` when it does not start, ends at once, or says nothing in time, with what it wrote; with
  ///   `.interrupted` when the task is cancelled.
  static func start(
    _ spec: KernelSpec, _ options: KernelOptions, alarm: Int32, listener: any KernelListener
  ) throws -> KernelSession {
    if !spec.wantsTCP {
      let session = try KernelSession(
        spec, options, transport: .ipc, alarm: alarm, listener: listener)
      do {
        // Half of the time for it to open its sockets, so that it can be told from one that is only slow.
        try session.waitUntilReady(boundWithin: session.isStock ? nil : options.startLimit / 2)
        return session
      } catch let failure as Failure {
        guard failure.code != .interrupted, !session.isStock, !session.hasBound else {
          throw failure
        }
      }
    }
    let session = try KernelSession(
      spec, options, transport: .tcp, alarm: alarm, listener: listener)
    try session.waitUntilReady(boundWithin: nil)
    return session
  }

  private func waitUntilReady(boundWithin limit: Duration?) throws {
    let deadline = ContinuousClock.now + options.startLimit
    var boundDeadline = limit.map { ContinuousClock.now + $0 }
    var requests: Set<String> = [try sockets.send(.kernelInfoRequest, on: .shell)]
    var isHeard = false
    var pause = Self.firstNudge
    var nextNudge: ContinuousClock.Instant?
    while info == nil || !isHeard {
      let wake = [deadline, nextNudge, boundDeadline].compactMap { $0 }.min()
      let isAlive = try step(until: wake) { channel, message in
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
      if let bound = boundDeadline, now >= bound {
        guard hasBound else { throw abandon(silent()) }
        boundDeadline = nil
      }
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

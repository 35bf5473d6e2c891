import CSpawn
import Glibc
import SystemPackage

extension ChildPump {
  /// The loop over a running child: output, its end, the timeout, the alarm, and the steps of an end that is forced.
  struct Watch {
    /// What happens next to a child that has to go.
    private enum Force { case none, interrupted, terminated, killed }

    private let pump: ChildPump
    private let pid: pid_t
    private let pidDescriptor: Int32
    private var readers: [(descriptor: Int32, stream: ChildStream, isOpen: Bool)]
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    private let clock = ContinuousClock()
    private var deadline: ContinuousClock.Instant?
    private var nextTick: ContinuousClock.Instant
    private var force = Force.none
    private var reason = ChildEnd.Reason.itself
    /// As in ``ChildEnd``.
    private(set) var forcedTime: Int64?
    private var hasExited = false
    /// Whether the doorbell may still ring.
    private var isDoorWatched: Bool

    private static let tickEvery = Duration.milliseconds(200)
    /// How long what is left of the group may go on writing after the child has ended.
    private static let drain = Duration.seconds(2)

    init(pump: ChildPump, pid: pid_t, output: Int32, error: Int32) {
      self.pump = pump
      self.pid = pid
      isDoorWatched = pump.doorbell != nil
      pidDescriptor = reprise_pidfd_open(pid)
      readers = [(output, .output, true), (error, .error, true)]
      let now = clock.now
      nextTick = now + Watch.tickEvery
      deadline = pump.timeout.map { now + $0 }
    }

    /// Returns when the child has ended and its output was read.
    mutating func untilOver() -> ChildEnd.Reason {
      defer {
        buffer.deallocate()
        if pidDescriptor >= 0 { close(pidDescriptor) }
      }
      while !(hasExited && readers.allSatisfy { !$0.isOpen }) {
        wait()
        let now = clock.now
        if let deadline, now >= deadline { deadlinePassed(now) }
        if hasExited, force == .killed {
          drainLast()
          break
        }
        if now >= nextTick {
          nextTick = now + (pump.listener.tick() ? .zero : Watch.tickEvery)
        }
      }
      return reason
    }

    private mutating func wait() {
      var wait: [pollfd] = readers.map { reader in
        let isWanted = reader.isOpen && !isFull(reader.stream)
        return pollfd(fd: isWanted ? reader.descriptor : -1, events: Int16(POLLIN), revents: 0)
      }
      wait.append(pollfd(fd: hasExited ? -1 : pidDescriptor, events: Int16(POLLIN), revents: 0))
      wait.append(
        pollfd(fd: reason == .itself ? pump.alarm : -1, events: Int16(POLLIN), revents: 0))
      let door = isDoorWatched ? pump.doorbell?.descriptor ?? -1 : -1
      wait.append(pollfd(fd: door, events: Int16(POLLIN), revents: 0))
      // Who sets a mark waits, as who writes does, while nobody takes what was written.
      let isBehind = readers.contains { isFull($0.stream) }
      let marks = isBehind ? -1 : pump.marks?.descriptor ?? -1
      wait.append(pollfd(fd: marks, events: Int16(POLLIN), revents: 0))
      if let passage = pump.passage { wait += passage.waiting }
      let limit = Int32(clamping: milliseconds(until: min(nextTick, deadline ?? nextTick)))
      guard poll(&wait, UInt(wait.count), limit) > 0 else { return }
      if wait.dropFirst(6).contains(where: { $0.revents != 0 }) { pump.passage?.carryOn() }
      for index in readers.indices where wait[index].revents != 0 { carry(index) }
      if wait[5].revents != 0 { heedMarks() }
      if wait[4].revents != 0 {
        isDoorWatched = false
        pump.doorbell?.ring()
      }
      if wait[2].revents != 0 { exited() }
      if wait[3].revents != 0, reason == .itself { end(because: .cancelled) }
    }

    /// What the child wrote before a mark is read before it is heeded, as far as it is taken from us.
    private mutating func heedMarks() {
      pump.marks?.take { text in
        for index in readers.indices where readers[index].isOpen { carryAll(index) }
        pump.listener.marked(text)
      }
    }

    private func isFull(_ stream: ChildStream) -> Bool {
      pump.passage?.isFull(stream, isLast: hasExited) ?? false
    }

    /// Carries what one pipe holds now, at most a few buffers, so that no stream starves the other.
    private mutating func carry(_ index: Int) {
      for _ in 0..<8 where !isFull(readers[index].stream) {
        if carryOnce(index) == 0 { return }
      }
    }

    /// Carries one buffer; gives its size, 0 when there is nothing now or nothing more.
    private mutating func carryOnce(_ index: Int) -> Int {
      let count = read(readers[index].descriptor, buffer.baseAddress, buffer.count)
      guard count > 0 else {
        if count == 0 || (errno != EAGAIN && errno != EINTR) { readers[index].isOpen = false }
        return 0
      }
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      pump.passage?.take(bytes, from: readers[index].stream)
      pump.listener.received(bytes, from: readers[index].stream)
      return count
    }

    private mutating func exited() {
      hasExited = true
      if force == .none { deadline = clock.now + Watch.drain }
    }

    private mutating func end(because reason: ChildEnd.Reason) {
      self.reason = reason
      force = .interrupted
      forcedTime = Clock.milliseconds()
      kill(-pid, SIGINT)
      deadline = clock.now + pump.patience.afterInterrupt
    }

    private mutating func deadlinePassed(_ now: ContinuousClock.Instant) {
      switch force {
      case .none where hasExited, .interrupted:
        force = .terminated
        kill(-pid, SIGTERM)
        deadline = now + pump.patience.afterTerminate
      case .none: end(because: .timeout)
      case .terminated:
        force = .killed
        kill(-pid, SIGKILL)
        deadline = nil
      case .killed: deadline = nil
      }
    }

    /// After the last kill only what the pipes hold is read: a process that left the group may hold them open, and even
    /// write, for ever.
    private mutating func drainLast() {
      for index in readers.indices where readers[index].isOpen {
        carryAll(index)
        readers[index].isOpen = false
      }
    }

    /// Carries what one pipe can hold.
    private mutating func carryAll(_ index: Int) {
      var rest = ChildPump.pipeSize
      while rest > 0 {
        let count = carryOnce(index)
        if count == 0 { break }
        rest -= count
      }
    }

    private func milliseconds(until instant: ContinuousClock.Instant) -> Int64 {
      let parts = (instant - clock.now).components
      return max(0, parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000 + 1)
    }
  }
}

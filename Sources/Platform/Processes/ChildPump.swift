import CSpawn
import Glibc
import SystemPackage

/// Starts one child, carries its output to a listener, and sees to its end. Runs on one thread.
struct ChildPump: Sendable {
  let command: ChildCommand
  let timeout: Duration?
  let patience: ChildProcess.Patience
  /// An eventfd that becomes readable when the child has to go.
  let alarm: Int32
  let passage: OutputPassage?
  var doorbell: Doorbell?
  let listener: any ChildListener

  /// The bytes that a pipe holds at the most.
  static let pipeSize = 1 << 20

  func run() throws -> ChildEnd {
    let output = try Pipe(command.program)
    let error = try Pipe(command.program)
    let pid = try spawn(output: output.writer, error: error.writer)
    close(output.writer)
    close(error.writer)
    defer {
      close(output.reader)
      close(error.reader)
    }
    listener.started(
      ProcessIdentity(pid: pid) ?? ProcessIdentity(pid: pid, startTicks: 0))
    var watch = Watch(pump: self, pid: pid, output: output.reader, error: error.reader)
    let reason = watch.untilOver()
    _ = listener.tick()
    return reap(pid, reason, watch.forcedTime)
  }

  private func spawn(output: Int32, error: Int32) throws -> pid_t {
    let inherits = command.inheritsInput && !StandardStreams.isInputForOthers
    do {
      return try ChildSpawn.start(
        command, input: inherits ? 0 : nil, output: output, error: error, diesWithThread: true)
    } catch let failure {
      close(output)
      close(error)
      throw failure
    }
  }

  /// Waits for the direct child, after the rest of its group was killed: until then its number cannot be given away.
  private func reap(_ pid: pid_t, _ reason: ChildEnd.Reason, _ forcedTime: Int64?) -> ChildEnd {
    var status: Int32 = 0
    var usage = rusage()
    kill(-pid, SIGKILL)
    while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
    // A member that was being forked during the first kill.
    kill(-pid, SIGKILL)
    let seconds = { (t: timeval) in Double(t.tv_sec) + Double(t.tv_usec) / 1e6 }
    return ChildEnd(
      status: reprise_status_exited(status) != 0
        ? .exited(reprise_status_code(status)) : .signalled(reprise_status_signal(status)),
      reason: reason, forcedTime: forcedTime,
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakMemory: Int64(usage.ru_maxrss) * 1024)
  }
}

/// `F_SETPIPE_SZ`, which the headers that Swift sees lack.
private let setPipeSize: Int32 = 1031

private struct Pipe {
  let reader: Int32
  let writer: Int32

  init(_ program: FilePath) throws {
    var ends: [Int32] = [-1, -1]
    guard reprise_pipe(&ends) == 0 else { throw Failure(errno: errno, "start", program) }
    (reader, writer) = (ends[0], ends[1])
    // Room for bursts; a smaller limit of the system is no failure.
    _ = fcntl(reader, setPipeSize, Int32(ChildPump.pipeSize))
    _ = fcntl(reader, F_SETFL, O_NONBLOCK)
  }
}

import Glibc
import Platform

/// How a kernel's process ended.
package struct KernelEnd: Sendable, Hashable {
  /// Nil when nobody could tell: the process that waited for it was killed too.
  package var status: ChildEnd.Status?
  /// The largest resident size of the kernel and of the children that it waited for, in bytes.
  package var peakMemory: Int64?
  /// User and system time of the same, in seconds.
  package var cpuSeconds: Double?
  /// Whether we killed it.
  package var isOurs = false

  package init(status: ChildEnd.Status?, peakMemory: Int64? = nil, cpuSeconds: Double? = nil) {
    self.status = status
    self.peakMemory = peakMemory
    self.cpuSeconds = cpuSeconds
  }

  /// From what `wait4` gives.
  init(waitStatus: Int32, usage: rusage) {
    let seconds = { (t: timeval) in Double(t.tv_sec) + Double(t.tv_usec) / 1e6 }
    let signal = waitStatus & 0x7F
    self.init(
      status: signal == 0 ? .exited((waitStatus >> 8) & 0xFF) : .signalled(signal),
      peakMemory: Int64(usage.ru_maxrss) * 1024,
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime))
  }

  /// What happened, for a person: `killed by signal 9 (SIGKILL) - out of memory? It had used 3.1 GB`.
  package var explanation: String {
    switch status {
    case .exited(let code): return "exited with code \(code)"
    case .signalled(let signal):
      let name = Self.names[signal].map { " (SIG\($0))" } ?? ""
      var text = "killed by signal \(signal)\(name)"
      if signal == SIGKILL, !isOurs {
        text += " - out of memory?"
        if let peakMemory { text += " It had used \(ByteCount(peakMemory))" }
      }
      return text
    case nil: return "ended unseen, because what waited for it was killed too"
    }
  }

  private static let names: [Int32: String] = [
    SIGHUP: "HUP", SIGINT: "INT", SIGQUIT: "QUIT", SIGILL: "ILL", SIGTRAP: "TRAP",
    SIGABRT: "ABRT", SIGBUS: "BUS", SIGFPE: "FPE", SIGKILL: "KILL", SIGUSR1: "USR1",
    SIGSEGV: "SEGV", SIGUSR2: "USR2", SIGPIPE: "PIPE", SIGALRM: "ALRM", SIGTERM: "TERM",
    SIGXCPU: "XCPU", SIGXFSZ: "XFSZ", SIGSYS: "SYS",
  ]
}

import Glibc
import SystemPackage

/// A process that cannot be mistaken for a later one of the same number: the kernel's start time goes with the pid.
package struct ProcessIdentity: Sendable, Hashable {
  package var pid: Int32
  /// Clock ticks between the machine's boot and the process's start (field 22 of `/proc/PID/stat`).
  package var startTicks: UInt64

  package init(pid: Int32, startTicks: UInt64) {
    self.pid = pid
    self.startTicks = startTicks
  }

  /// The process of that number that exists now; nil when there is none.
  package init?(pid: Int32) {
    guard let fields = ProcessIdentity.statFields(pid), fields.count > 19,
      let ticks = UInt64(fields[19])
    else { return nil }
    self.init(pid: pid, startTicks: ticks)
  }

  package static var current: ProcessIdentity {
    ProcessIdentity(pid: getpid()) ?? ProcessIdentity(pid: getpid(), startTicks: 0)
  }

  /// Whether the very same process still runs. A zombie does not.
  package var isAlive: Bool {
    guard let fields = ProcessIdentity.statFields(pid), fields.count > 19 else { return false }
    return fields[0] != "Z" && fields[0] != "X" && UInt64(fields[19]) == startTicks
  }

  /// The fields of `/proc/PID/stat` from the third on (state, ppid, pgrp, session, …); the second may hold anything.
  static func statFields(_ pid: Int32) -> [Substring]? {
    guard let bytes = try? FileSystem.read(FilePath("/proc/\(pid)/stat"), limit: 1 << 16),
      let close = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    return String(decoding: bytes[(close + 1)...], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace)
  }
}

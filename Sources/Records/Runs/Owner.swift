import Platform
import SystemPackage

/// A process that cannot be mistaken for another: not for a later one of the same number, nor for one of an
/// earlier boot of the machine.
package struct Owner: Sendable, Hashable {
  package var pid: Int32
  /// Clock ticks between the boot and the process's start (field 22 of `/proc/PID/stat`).
  package var startTicks: UInt64
  /// What the kernel calls the boot (`/proc/sys/kernel/random/boot_id`).
  package var bootID: String

  package init(pid: Int32, startTicks: UInt64, bootID: String) {
    self.pid = pid
    self.startTicks = startTicks
    self.bootID = bootID
  }

  /// This process.
  package static func current() -> Owner {
    let process = ProcessIdentity.current
    return Owner(pid: process.pid, startTicks: process.startTicks, bootID: currentBootID())
  }

  /// Whether the very same process still runs on this machine. A zombie does not.
  package var isAlive: Bool {
    bootID == Owner.currentBootID() && ProcessIdentity(pid: pid, startTicks: startTicks).isAlive
  }

  /// The id of this boot; empty when the kernel does not tell.
  static func currentBootID() -> String {
    let bytes = (try? FileSystem.read("/proc/sys/kernel/random/boot_id", limit: 4096)) ?? []
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}

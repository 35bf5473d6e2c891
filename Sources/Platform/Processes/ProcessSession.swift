import Glibc
import SystemPackage

/// The processes of a session that a dead program left behind.
package enum ProcessSession {
  /// The processes of a session that run, zombies not counted.
  package static func members(of session: Int32) -> [Int32] {
    guard let names = try? FileSystem.names(in: "/proc") else { return [] }
    return names.compactMap { Int32($0) }.filter { pid in
      guard let fields = ProcessIdentity.statFields(pid), fields.count > 3 else { return false }
      return Int32(fields[3]) == session && fields[0] != "Z" && fields[0] != "X"
    }
  }

  /// Kills what is left of a session, if it is surely the one that is meant.
  ///
  /// A session's number is not given to another process while a member lives, but it may be after the last has gone.
  /// So a member is killed only when it carries the variable that we gave to its ancestor.
  ///
  /// - Returns: the number of processes that were killed.
  @discardableResult
  package static func kill(_ session: Int32, carrying variable: String, _ value: String) -> Int {
    guard session > 1 else { return 0 }
    let mark = Array("\(variable)=\(value)".utf8)
    return members(of: session).count { pid in
      pid != getpid() && carries(pid, mark) && Glibc.kill(pid, SIGKILL) == 0
    }
  }

  /// Kills all processes that carry a variable, and waits a moment until they are gone.
  package static func killAll(carrying variable: String, _ value: String) {
    let mark = Array("\(variable)=\(value)".utf8)
    // Those that are killed may be about to start others.
    for _ in 0..<500 {
      let found = ((try? FileSystem.names(in: "/proc")) ?? []).compactMap { Int32($0) }.filter {
        $0 != getpid() && carries($0, mark)
      }
      if found.isEmpty { return }
      for pid in found { _ = Glibc.kill(pid, SIGKILL) }
      usleep(2000)
    }
  }

  private static func carries(_ pid: Int32, _ mark: [UInt8]) -> Bool {
    guard let bytes = try? FileSystem.read(FilePath("/proc/\(pid)/environ"), limit: 1 << 22) else {
      return false
    }
    return bytes.split(separator: 0).contains { $0.elementsEqual(mark) }
  }
}

import Glibc

/// The processes of a session that a dead program left behind.
package enum ProcessSession {
  /// The processes of a session that run, zombies not counted.
  package static func members(of session: Int32) -> [Int32] {
    ProcessTable.numbers().filter { pid in
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
    let entry = Array("\(variable)=\(value)".utf8)
    return members(of: session).count { pid in
      pid != getpid() && ProcessTable.carries(pid, entry) && Glibc.kill(pid, SIGKILL) == 0
    }
  }

  /// Kills all processes that carry a variable, and waits a moment until they are gone.
  package static func killAll(carrying variable: String, _ value: String) {
    // Those that are killed may be about to start others.
    for _ in 0..<500 {
      let found = ProcessTable.carrying(variable, value, except: [getpid()])
      if found.isEmpty { return }
      for pid in found { _ = Glibc.kill(pid, SIGKILL) }
      usleep(2000)
    }
  }
}

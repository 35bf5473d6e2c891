import Glibc
import Platform
import SystemPackage

/// The program calls of one hook: its words, and its files in parts that fit a command line.
struct HookCommand {
  var words: [String]
  var parts: [[String]]

  /// - Parameters:
  ///   - files: the names that the hook gets, in their order.
  ///   - jobs: how many programs may run at a time; the files are shared out among so many.
  ///   - most: names in one call at most.
  ///   - environmentSize: in bytes.
  /// - Throws: ``Failure`` for a name that is longer than a command line.
  init(
    _ words: [String], files: [String], jobs: Int, most: Int? = nil, environmentSize: Int
  ) throws {
    self.words = words
    let limit = Self.lengthLimit(environmentSize: environmentSize)
    let share = max(4, (files.count + jobs - 1) / max(1, jobs))
    let count = min(most ?? .max, share)
    let own = words.reduce(0) { $0 + $1.utf8.count + 1 }
    parts = []
    var part: [String] = []
    var length = own
    for file in files {
      let size = file.utf8.count + 1
      if part.count >= count || length + size > limit {
        guard !part.isEmpty else {
          throw Failure(.unsupported, "the name `\(file)` is too long for a command line")
        }
        parts.append(part)
        part = []
        length = own
      }
      part.append(file)
      length += size
    }
    parts.append(part)
  }

  /// Bytes of one call's words: 128 KiB, less where the system or the environment leaves no room.
  private static func lengthLimit(environmentSize: Int) -> Int {
    let room = sysconf(Int32(_SC_ARG_MAX)) - 2048 - environmentSize
    return max(min(room, 1 << 17), 1 << 12)
  }

  /// How many programs of one hook run at a time.
  static func jobs(_ hook: PreCommitHook, _ variables: [String: String]) -> Int {
    if hook.requireSerial || variables["PRE_COMMIT_NO_CONCURRENCY"] != nil { return 1 }
    if variables["TRAVIS"] != nil { return 2 }
    return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}

import CSpawn
import Glibc
import SystemPackage

/// Runs a program as a shell does in the foreground: it has our terminal, our input and our output.
package enum ForegroundProcess {
  /// How it ended: its exit status, or minus the signal's number.
  ///
  /// Ctrl-C reaches the program as it reaches us.
  ///
  /// - Throws: ``SpawnError`` when it could not be started.
  package static func run(
    _ program: FilePath, _ arguments: [String], environment: [String: String], in folder: FilePath
  ) throws(SpawnError) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addchdir_np(&actions, folder.string)
    // What we block and ignore for ourselves is not meant for others.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = ([program.string] + arguments).map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in words + variables { free(pointer) } }
    words.append(nil)
    variables.append(nil)
    var pid = pid_t()
    let code = posix_spawn(&pid, program.string, &actions, &attributes, words, variables)
    guard code == 0 else { throw SpawnError(number: code) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : -signal
  }

  /// The `errno` of a program that could not be started.
  package struct SpawnError: Error, Sendable {
    package var number: Int32
  }
}

import Glibc
import Platform
import SystemPackage

/// Starts a program that hears signals: the tests' threads have them blocked, and a child would inherit that.
func spawnHearing(
  _ words: [String], _ actions: inout posix_spawn_file_actions_t
) throws -> pid_t {
  var arguments = words.map { strdup($0) }
  arguments.append(nil)
  defer { arguments.forEach { free($0) } }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  var process = pid_t()
  let number = posix_spawn(&process, words[0], &actions, &attributes, arguments, environ)
  guard number == 0 else { throw Failure(errno: number, "start", FilePath(words[0])) }
  return process
}

import Glibc

/// The machine that the program runs on.
package enum Machine {
  /// Its name, as runs carry it; empty when the kernel does not tell.
  package static func name() -> String {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, 255) == 0 else { return "" }
    return String(cBytes: bytes)
  }
}

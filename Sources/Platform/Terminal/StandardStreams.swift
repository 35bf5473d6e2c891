import Glibc

/// Standard input, output and error as we were given them.
package enum StandardStreams {
  /// Opens those that are closed on nothing: a file that is opened later would get their number otherwise, and what a
  /// child prints would end up in it.
  package static func fill() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is the one that lacks.
      _ = open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
    }
  }

  /// Whether what is typed is meant for others: standard input is our terminal, and we are in its background.
  ///
  /// A program there that reads is stopped by the kernel. A child in a session of its own is not: it would take away
  /// what is typed into the shell.
  static var isInputForOthers: Bool {
    let foreground = tcgetpgrp(0)
    return foreground >= 0 && foreground != getpgrp()
  }
}

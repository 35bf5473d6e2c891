import Glibc

/// Standard input, output and error as we were given them.
package enum StandardStreams {
  /// Opens those that the program was started without (`reprise run >&-`) on `/dev/null`; a file that is opened later
  /// would otherwise be taken for them, and what is printed would be written into it.
  package static func fill() {
    while true {
      let descriptor = open("/dev/null", O_RDWR)
      guard (0...2).contains(descriptor) else {
        if descriptor > 2 { close(descriptor) }
        return
      }
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

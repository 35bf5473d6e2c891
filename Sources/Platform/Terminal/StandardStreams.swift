import Glibc

/// Descriptors 0, 1 and 2.
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
}

import Glibc

/// Whether a child would find something on its standard input that no key knows of.
enum StandardInput {
  /// What is there, for a person; nil for nothing: a terminal, `/dev/null`, a file at its end, a pipe that nobody writes to.
  static func content(of descriptor: Int32 = 0) -> String? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      let place = lseek(descriptor, 0, SEEK_CUR)
      return place >= 0 && place < status.st_size ? "a file" : nil
    case S_IFIFO, S_IFSOCK:
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let isReady = Glibc.poll(&poll, 1, 0) > 0
      var count: Int32 = 0
      if ioctl(descriptor, UInt(FIONREAD), &count) == 0, count > 0 { return "a pipe" }
      // Its writers have gone and left nothing; else something may come yet.
      return isReady ? nil : "a pipe"
    default: return nil
    }
  }
}

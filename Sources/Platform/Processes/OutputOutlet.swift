import Glibc

/// One place that output is passed on to, and what waits for it.
///
/// The descriptor that we were given is shared with others, a shell or other programs at the same terminal, so it is never
/// made non-blocking itself: a pipe or terminal is opened once more for us alone.
struct OutputOutlet {
  /// How bytes get there without waiting.
  private enum Way {
    /// Files and devices, which never wait for anybody.
    case plain
    /// An opening of our own that does not block.
    case own
    case socket
    /// What cannot be opened again (a terminal of another user, after `su`): asked first, then given a little.
    case polled
    /// Nobody reads any more.
    case closed
  }

  /// What is written to, and can be polled.
  private(set) var descriptor: Int32
  /// The standard streams that lead here.
  private var given: [Int32]
  private var way: Way
  private var bytes: [UInt8] = []
  private var start = 0

  /// `/dev/ptmx`, number 5:2, which gives another terminal each time it is opened.
  private static let terminalMaker: dev_t = 0x502
  /// POSIX promises that a pipe that is ready takes so many at once.
  private static let little = 512
  /// Room that is kept for the next bytes that wait.
  private static let kept = 1 << 18

  init(_ descriptor: Int32) {
    given = [descriptor]
    self.descriptor = descriptor
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      way = .closed
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFSOCK: way = .socket
    case S_IFIFO: way = .own
    case S_IFCHR where status.st_rdev == OutputOutlet.terminalMaker: way = .polled
    case S_IFCHR: way = isatty(descriptor) == 1 ? .own : .plain
    default: way = .plain
    }
    guard way == .own else { return }
    let own = open(
      "/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    if own >= 0 { self.descriptor = own } else { way = .polled }
  }

  /// How many bytes wait.
  var count: Int { bytes.count - start }

  /// Whether bytes would be taken now, and none wait.
  var isReady: Bool {
    if way == .closed || way == .plain { return count == 0 }
    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return count == 0 && poll(&wait, 1, 0) > 0
  }

  /// Whether another descriptor leads to the same place.
  func leads(toThatOf other: Int32) -> Bool {
    var ours = stat()
    var theirs = stat()
    guard fstat(given[0], &ours) == 0, fstat(other, &theirs) == 0 else { return false }
    return ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino
  }

  /// Notes that another descriptor leads here.
  mutating func share(_ other: Int32) { given.append(other) }

  /// Writes bytes after those that wait, or has them wait as well.
  mutating func take(_ new: UnsafeRawBufferPointer) {
    guard way != .closed else { return }
    var written = 0
    if count == 0 {
      guard let count = write(new) else { return hearNoMore() }
      written = count
    }
    if written < new.count { bytes.append(contentsOf: new[written...]) }
  }

  /// Writes what waits, as far as it is taken; says whether any was.
  mutating func carryOn() -> Bool {
    guard count > 0 else { return false }
    let written = bytes.withUnsafeBytes { all in
      write(UnsafeRawBufferPointer(rebasing: all[start...]))
    }
    guard let written else {
      hearNoMore()
      return true
    }
    start += written
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.count <= OutputOutlet.kept)
      start = 0
    } else if start > OutputOutlet.kept {
      bytes.removeFirst(start)
      start = 0
    }
    return written > 0
  }

  /// Writes as much as is taken now; nil when nobody will ever take anything (`reprise run | head`).
  private func write(_ all: UnsafeRawBufferPointer) -> Int? {
    var rest = all
    while !rest.isEmpty {
      let written: Int
      switch way {
      case .closed: return nil
      case .plain, .own: written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      case .socket:
        written = send(
          descriptor, rest.baseAddress, rest.count, Int32(MSG_DONTWAIT))
      case .polled:
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&wait, 1, 0) > 0 else { return all.count - rest.count }
        written = Glibc.write(descriptor, rest.baseAddress, min(rest.count, OutputOutlet.little))
      }
      if written >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      } else if errno == EAGAIN {
        return all.count - rest.count
      } else if errno != EINTR {
        return nil
      }
    }
    return all.count
  }

  private mutating func hearNoMore() {
    way = .closed
    bytes = []
    start = 0
  }

  /// Drops what waits; the standard streams that lead here lead nowhere from now on.
  mutating func abandon() {
    let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
    if nowhere >= 0 {
      for stream in given { dup2(nowhere, stream) }
      Glibc.close(nowhere)
    }
    hearNoMore()
  }

  /// Gives the descriptor of our own back.
  func close() {
    if !given.contains(descriptor), descriptor >= 0 { Glibc.close(descriptor) }
  }
}

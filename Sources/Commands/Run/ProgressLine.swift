import Glibc
import Platform
import Runner
import Synchronization
import SystemPackage

/// Progress on standard error: one line that is written anew ten times a second on a terminal, a line every five
/// seconds elsewhere, nothing when quiet.
final class ProgressLine: RunProgress {
  private struct State {
    var lastShown = ContinuousClock.now
    var isShown = false
  }

  private let isOn: Bool
  private let isTerminal: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  init(console: Console) {
    isOn = !console.isQuiet
    isTerminal = Terminal.isTerminal(2)
  }

  func update(_ text: String) {
    guard isOn else { return }
    let now = ContinuousClock.now
    // What is over within a second needs no progress.
    guard now - start > .seconds(1) else { return }
    let width = Terminal.width(2) ?? 80
    state.withLock { state in
      guard now - state.lastShown >= (isTerminal ? .milliseconds(100) : .seconds(5)) else { return }
      state.lastShown = now
      state.isShown = isTerminal
      put(isTerminal ? "\r\u{1B}[K" + fitted(text, to: width - 1) : text + "\n")
    }
  }

  func clear() {
    state.withLock { state in
      if state.isShown { put("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  /// Says nothing while nobody reads: progress must not hold up the work.
  private func put(_ text: String) {
    var ready = pollfd(fd: 2, events: Int16(POLLOUT), revents: 0)
    guard poll(&ready, 1, 0) > 0 else { return }
    try? FileSystem.writeAll(2, Array(text.utf8), to: "standard error")
  }
}

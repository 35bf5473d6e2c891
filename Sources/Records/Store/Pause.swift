import Glibc

enum Pause {
  /// Sleeps a moment of random length, 1 to 5 ms, before something is tried again.
  static func brief() { usleep(.random(in: 1000...5000)) }
}

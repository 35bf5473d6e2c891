import Glibc

/// What the standard streams are connected to.
package enum Terminal {
  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The width of the terminal in cells: `COLUMNS`, else what the terminal says, else nil.
  package static func width(_ descriptor: Int32) -> Int? {
    if let text = getenv("COLUMNS").map({ String(cString: $0) }), let width = Int(text), width > 0 {
      return min(width, 10_000)
    }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

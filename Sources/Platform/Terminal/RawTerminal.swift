import Glibc

/// A terminal that gives every key as it is pressed, until the value's scope ends.
package struct RawTerminal: ~Copyable {
  /// What a person pressed.
  package enum Key: Sendable, Hashable {
    case text(Character)
    case enter, backspace, delete, up, down, left, right, home, end, pageUp, pageDown, tab
    /// Ctrl-U.
    case clear
    /// Ctrl-C.
    case interrupt
    /// Ctrl-D, or the terminal is gone.
    case endOfInput
    case other
  }

  private let before: termios

  /// Nil when standard input is no terminal.
  package init?() {
    var settings = termios()
    guard tcgetattr(0, &settings) == 0 else { return nil }
    let original = settings
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    settings.c_iflag &= ~tcflag_t(IXON)
    guard tcsetattr(0, TCSADRAIN, &settings) == 0 else { return nil }
    before = original
  }

  deinit {
    var settings = before
    tcsetattr(0, TCSADRAIN, &settings)
  }

  /// Waits for the next key.
  package borrowing func key() -> Key {
    guard let byte = Self.byte() else { return .endOfInput }
    switch byte {
    case 0x0D, 0x0A: return .enter
    case 0x7F, 0x08: return .backspace
    case 0x09: return .tab
    case 0x01: return .home
    case 0x05: return .end
    case 0x03: return .interrupt
    case 0x04: return .endOfInput
    case 0x10: return .up
    case 0x0E: return .down
    case 0x15: return .clear
    case 0x1B: return Self.escape()
    case 0x00..<0x20: return .other
    default: return Self.character(byte)
    }
  }

  /// A key that the terminal sends as several bytes; a lone escape is nothing.
  private static func escape() -> Key {
    guard waits(), let second = byte(), second == 0x5B || second == 0x4F, let third = byte() else {
      return .other
    }
    var number: [UInt8] = []
    var last = third
    while (0x30...0x3B).contains(last), number.count < 8, let next = byte() {
      number.append(last)
      last = next
    }
    switch (last, number) {
    case (0x41, _): return .up
    case (0x42, _): return .down
    case (0x43, _): return .right
    case (0x44, _): return .left
    case (0x48, _), (0x7E, [0x31]), (0x7E, [0x37]): return .home
    case (0x46, _), (0x7E, [0x34]), (0x7E, [0x38]): return .end
    case (0x7E, [0x33]): return .delete
    case (0x7E, [0x35]): return .pageUp
    case (0x7E, [0x36]): return .pageDown
    default: return .other
    }
  }

  private static func character(_ first: UInt8) -> Key {
    let more =
      switch first {
      case 0xC0..<0xE0: 1
      case 0xE0..<0xF0: 2
      case 0xF0...: 3
      default: 0
      }
    var bytes = [first]
    for _ in 0..<more {
      guard let next = byte() else { break }
      bytes.append(next)
    }
    guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else {
      return .other
    }
    return .text(character)
  }

  private static func byte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = read(0, &byte, 1)
      if count == 1 { return byte }
      if count < 0, errno == EINTR { continue }
      return nil
    }
  }

  /// Whether more comes at once.
  private static func waits() -> Bool {
    var descriptor = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 50) > 0
  }
}

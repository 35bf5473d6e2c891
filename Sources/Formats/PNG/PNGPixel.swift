/// One pixel of a picture: 16 bits a channel whatever the file has, so that all files of one picture give the same.
package struct PNGPixel: Sendable, Hashable {
  package var red: UInt16
  package var green: UInt16
  package var blue: UInt16
  /// 0 is invisible, 65,535 hides what is behind.
  package var alpha: UInt16

  package init(red: UInt16, green: UInt16, blue: UInt16, alpha: UInt16 = .max) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  /// The largest difference of a channel, 65,535 at most.
  package func distance(to other: PNGPixel) -> Int {
    zip(channels, other.channels).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
  }

  private var channels: [UInt16] { [red, green, blue, alpha] }
}

extension PNGPixel: CustomStringConvertible {
  /// As CSS writes it: `#ff8000`, with the alpha behind where it is not opaque, with four digits a channel where two do not
  /// hold it.
  package var description: String {
    let shown = alpha == .max ? channels.dropLast() : channels[...]
    let isShort = shown.allSatisfy { $0 % 257 == 0 }
    return "#"
      + shown.map { channel in
        let text = String(isShort ? channel / 257 : channel, radix: 16)
        return String(repeating: "0", count: (isShort ? 2 : 4) - text.count) + text
      }.joined()
  }
}

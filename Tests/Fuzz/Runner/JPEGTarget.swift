import Formats

extension FuzzTarget {
  /// Passes over a JPEG picture behind 8 bytes: their kind, the sampling, width, height, the interval of restarts, first and last
  /// frequency, and bits.
  static let jpeg = FuzzTarget(
    name: "jpeg", seeds: ["\u{0}\u{11}\u{8}\u{8}\u{0}\u{0}\u{3f}\u{0}abcdefghijklmn"], words: []
  ) { bytes in
    _ = try? JPEGImage(parsing: JPEGImage.signature + bytes)
    guard bytes.count > 8 else { return }
    let count = Int(bytes[0] >> 1 & 3)
    let parts = (0..<max(1, count)).flatMap { [UInt8($0), $0 == 0 ? bytes[1] : 0x11, 0] }
    // Every value has a code of eight bits but one.
    let codes = [0, 0, 0, 0, 0, 0, 0, 255] + [UInt8](repeating: 0, count: 8) + Array(0..<255)
    var file: [UInt8] = [0xFF, 0xD8]
    file += segment(0xDB, [0] + [UInt8](repeating: 3, count: 64))
    file += segment(0xC4, [0x00] + codes) + segment(0xC4, [0x10] + codes)
    file += segment(0xDD, [0, bytes[4]])
    file += segment(
      bytes[0] & 1 == 0 ? 0xC0 : 0xC2,
      [8, 0, bytes[3], 0, bytes[2], UInt8(parts.count / 3)] + parts)
    for _ in 0..<(bytes[0] >> 6) + 1 {
      let own = bytes[0] & 8 == 0 ? parts.count / 3 : 1
      file += segment(
        0xDA,
        [UInt8(own)] + (0..<own).flatMap { [UInt8($0), 0] } + [bytes[5], bytes[6], bytes[7]])
      file += bytes[8...]
    }
    let image = try JPEGImage(parsing: file + [0xFF, 0xD9])
    if let brightness = image.brightness {
      require((0...255).contains(brightness), "a brightness of no picture")
    }
  }

  private static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
    [0xFF, marker, UInt8((data.count + 2) >> 8), UInt8(truncatingIfNeeded: data.count + 2)] + data
  }
}

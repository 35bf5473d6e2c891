/// The luma of a picture's pixels, a byte each, row after row from the top.
package struct GreyPicture: Sendable, Hashable {
  package let width: Int
  package let height: Int
  package let pixels: [UInt8]

  /// - Precondition: there is a pixel, and as many as the size says.
  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "a picture of pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// ITU-R BT.601 in whole numbers, as Pillow has it.
  @inline(__always)
  static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let colours: UInt32 = UInt32(red) * 19595 + UInt32(green) * 38470
    let sum: UInt32 = colours + UInt32(blue) * 7471 + 0x8000
    return UInt8(truncatingIfNeeded: sum >> 16)
  }
}

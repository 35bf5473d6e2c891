import Platform

/// What tests ask of a JPEG file (ITU-T T.81, baseline and progressive, Huffman codes, eight bits): it is read to its end, and
/// its brightness is measured.
package struct JPEGImage: Sendable, Hashable {
  package let width: Int
  package let height: Int
  /// 1: grey, 3: colour, 4: inks.
  package let channels: Int
  /// The mean of luma (ITU-R BT.601), 0 to 255; nil for inks.
  package let brightness: Double?
  /// What its pixels are in grey; nil for inks, and when nobody asked for it.
  package let luma: GreyPicture?

  /// What each file begins with.
  package static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

  /// Reads a file, believing nothing.
  ///
  /// - Parameters:
  ///   - limit: pixels, at most.
  ///   - keepsLuma: whether ``luma`` is wanted.
  /// - Throws: ``ParseFailure`` for what is damaged, cut off, over the limit or of a rare kind.
  package init(parsing bytes: [UInt8], limit: Int = 1 << 26, keepsLuma: Bool = false)
    throws(ParseFailure)
  {
    var reader = JPEGReader(bytes, limit: limit)
    try reader.read()
    guard let frame = reader.frame, frame.components.allSatisfy(\.isSeen) else {
      throw ParseFailure("the JPEG file has no whole picture")
    }
    width = frame.width
    height = frame.height
    channels = frame.components.count
    func quantization(_ place: Int) throws(ParseFailure) -> [UInt16] {
      guard let found = reader.quantizations[frame.components[place].quantization] else {
        throw ParseFailure("the JPEG picture lacks a quantization table")
      }
      return found
    }
    func mean(_ place: Int) throws(ParseFailure) -> Double {
      JPEGMean.of(frame.components[place], quantization: try quantization(place))
    }
    switch (channels, reader.isRGB) {
    case (1, _), (3, false): brightness = try mean(0)
    case (3, true): brightness = try 0.299 * mean(0) + 0.587 * mean(1) + 0.114 * mean(2)
    default: brightness = nil
    }
    guard keepsLuma, brightness != nil else {
      luma = nil
      return
    }
    var planes: [JPEGPlane] = []
    for place in 0..<(reader.isRGB ? 3 : 1) {
      planes.append(
        JPEGPlane(frame.components[place], quantization: try quantization(place)))
    }
    luma = JPEGPlane.luma(planes)
  }
}

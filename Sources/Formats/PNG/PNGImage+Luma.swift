extension PNGImage {
  /// Whether its file has shades of grey only, as it says.
  package var isGrey: Bool { header.colour == .grey || header.colour == .greyAlpha }

  /// What its pixels are in grey, transparent ones too.
  package var luma: GreyPicture {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    for y in 0..<height {
      for x in 0..<width {
        let pixel = self[x, y]
        pixels.append(
          GreyPicture.luma(
            UInt8(pixel.red >> 8), UInt8(pixel.green >> 8), UInt8(pixel.blue >> 8)))
      }
    }
    return GreyPicture(width: width, height: height, pixels: pixels)
  }
}

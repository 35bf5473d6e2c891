import Formats
import Platform
import SystemPackage

/// What tests ask of a picture.
struct ImageFacts: Sendable, Hashable {
  var width: Int
  var height: Int
  /// Numbers of each pixel: 1 grey or a colour by its number, 2 grey with transparency, 3 colours, 4 with transparency or inks.
  var channels: Int
  /// The mean of luma (ITU-R BT.601), 0 to 255, transparent pixels too; nil for inks.
  var brightness: Double?
  /// SHA-256 of the file.
  var digest: [UInt8]
  /// What it looks like; nil for inks, and when nobody asked for it.
  var hash: PerceptualHash?

  /// - Parameter hashes: whether ``hash`` is wanted.
  /// - Throws: ``ParseFailure``: it is no picture, or one that is damaged or not read.
  init(_ bytes: [UInt8], hashes: Bool = false) throws(ParseFailure) {
    if bytes.starts(with: PNGImage.signature) {
      let image = try PNGImage(parsing: bytes)
      (width, height, channels) = (image.width, image.height, image.channels)
      brightness = image.brightness
      if hashes { hash = PerceptualHash(image.luma) }
    } else if bytes.starts(with: JPEGImage.signature) {
      let image = try JPEGImage(parsing: bytes, keepsLuma: hashes)
      (width, height, channels) = (image.width, image.height, image.channels)
      brightness = image.brightness
      hash = image.luma.map { PerceptualHash($0) }
    } else if let other = Self.others.first(where: { bytes.starts(with: $0.start) }) {
      throw ParseFailure("a \(other.name) picture, which is not read; PNG and JPEG are")
    } else {
      throw ParseFailure(bytes.isEmpty ? "an empty file" : "no picture")
    }
    digest = SHA256.digest(of: bytes).bytes
  }

  private static let others: [(start: [UInt8], name: String)] = [
    (Array("GIF8".utf8), "GIF"), (Array("BM".utf8), "BMP"), (Array("RIFF".utf8), "WebP"),
    ([0x49, 0x49, 0x2A, 0], "TIFF"), ([0x4D, 0x4D, 0, 0x2A], "TIFF"),
  ]

  /// How the file's name may end.
  static let endings = ["png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff"]

  static func isImage(_ name: String) -> Bool {
    name.split(separator: ".").last.map { endings.contains($0.lowercased()) } == true
      && name.contains(".")
  }
}

import Formats
import Platform

/// PNG pictures, pixel by pixel, whatever their depth, order and packing are.
struct PictureReader: ContentReader {
  var name: String { "png" }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    let old = try PNGImage(parsing: old)
    let new = try PNGImage(parsing: new)
    if old.hasSameBytes(as: new) { return }
    guard old.width == new.width, old.height == new.height else {
      return findings.add {
        "a picture of \(old.width) x \(old.height) pixels became one of \(new.width) x \(new.height)"
      }
    }
    var (count, furthest) = (0, 0)
    for y in 0..<old.height {
      for x in 0..<old.width {
        let (a, b) = (old[x, y], new[x, y])
        guard a != b else { continue }
        findings.add { "pixel \(x),\(y): \(a) became \(b)" }
        count += 1
        furthest = max(furthest, a.distance(to: b))
      }
      try findings.step()
    }
    // On the scale from 0 to 255 that people know.
    if count > 0 { findings.measure(0, Double(furthest) / 257) }
  }
}

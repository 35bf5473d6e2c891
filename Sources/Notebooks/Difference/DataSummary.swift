import Platform

/// What there is to say about an image or other bytes of an output.
package struct DataSummary: Sendable, Hashable {
  package var type: String
  /// In bytes, of images after base64.
  package var size: Int
  /// The first twelve digits of its SHA-256.
  package var digest: String
  /// Of a PNG.
  package var width: Int?
  package var height: Int?

  init(_ type: String, _ value: NotebookJSON) {
    self.type = type
    let text = value.joinedText ?? value.text()
    let bytes =
      Self.isText(type) || NotebookMimeBundle.isJSON(type)
      ? Array(text.utf8) : Self.base64(text) ?? Array(text.utf8)
    size = bytes.count
    digest = String(SHA256.digest(of: bytes).hex.prefix(12))
    guard type == "image/png", bytes.count >= 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
    else { return }
    func number(_ place: Int) -> Int {
      bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    (width, height) = (number(16), number(20))
  }

  /// Whether a type is shown as text.
  package static func isText(_ type: String) -> Bool {
    type.hasPrefix("text/") || type == "image/svg+xml" || type == "application/javascript"
      || type == "application/x-latex"
  }

  package var text: String {
    var words = [type, ByteCount(Int64(size)).description]
    if let width, let height { words.append("\(width) × \(height)") }
    words.append("sha256 \(digest)")
    return words.joined(separator: ", ")
  }

  /// The bytes of a text in base64 (RFC 4648), white space left out; nil when it is none.
  private static func base64(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count * 3 / 4)
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in text.utf8 {
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      case 0x3D, 0x20, 0x0A, 0x0D: continue
      default: return nil
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }
}

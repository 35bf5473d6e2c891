import Glibc

/// The names that were read last: the few that a template uses again and again are one text each.
struct RecentNames {
  private var texts = [Text?](repeating: nil, count: 16)

  /// The text of some bytes that are UTF-8.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> Text {
    guard let first = bytes.first, let last = bytes.last else { return .empty }
    let place = (bytes.count &* 5 &+ Int(first) &* 3 &+ Int(last)) & 15
    if let text = texts[place], text.bytes.count == bytes.count,
      text.bytes.withUnsafeBytes({ $0.isSame(as: bytes) })
    {
      return text
    }
    let text = Text(bytes: Array(bytes))
    texts[place] = text
    return text
  }
}

extension UnsafeRawBufferPointer {
  /// Whether as many other bytes are the same.
  fileprivate func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = baseAddress, let other = other.baseAddress else { return isEmpty }
    return memcmp(start, other, count) == 0
  }
}

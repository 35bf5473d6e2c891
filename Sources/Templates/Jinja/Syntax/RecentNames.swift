/// The names that were read last: the few that a template uses again and again are one text each.
struct RecentNames {
  private var texts = [Text?](repeating: nil, count: 16)

  /// The text of some bytes that are UTF-8.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> Text {
    guard let first = bytes.first, let last = bytes.last else { return .empty }
    let place = (bytes.count &* 5 &+ Int(first) &* 3 &+ Int(last)) & 15
    if let text = texts[place],
      text.bytes.withUnsafeBufferPointer({ $0.elementsEqual(bytes) })
    {
      return text
    }
    let text = Text(bytes: Array(bytes))
    texts[place] = text
    return text
  }
}

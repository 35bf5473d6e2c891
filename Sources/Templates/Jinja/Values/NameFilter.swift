/// Says quickly, by length and first byte, that a name is none of some names.
struct NameFilter: Sendable {
  /// For every length (modulo 32) the first bytes (modulo 64) of the names.
  private var masks = [UInt64](repeating: 0, count: 32)

  init(_ names: some Sequence<Text>) {
    for name in names {
      guard let first = name.bytes.first else { continue }
      masks[name.bytes.count & 31] |= 1 << UInt64(first & 63)
    }
  }

  /// Whether the name may be one of them; an empty one never is.
  func mayContain(_ name: Text) -> Bool {
    name.bytes.withUnsafeBufferPointer { mayContain($0) }
  }

  func mayContain(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = name.first else { return false }
    return masks[name.count & 31] & 1 << UInt64(first & 63) != 0
  }
}

/// Numbers in the order of small machines, from a record that is already in memory. Reading past its end gives nil.
struct LittleEndianReader {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var remaining: Int { bytes.count - position }

  mutating func half() -> UInt16? { number(2).map { UInt16(truncatingIfNeeded: $0) } }
  mutating func word() -> UInt32? { number(4).map { UInt32(truncatingIfNeeded: $0) } }
  mutating func long() -> UInt64? { number(8) }

  mutating func skip(_ count: Int) -> Bool {
    guard count <= remaining else { return false }
    position += count
    return true
  }

  mutating func take(_ count: Int) -> [UInt8]? {
    guard count <= remaining else { return nil }
    defer { position += count }
    return Array(bytes[position..<(position + count)])
  }

  private mutating func number(_ width: Int) -> UInt64? {
    guard width <= remaining else { return nil }
    var value: UInt64 = 0
    for place in (0..<width).reversed() { value = value << 8 | UInt64(bytes[position + place]) }
    position += width
    return value
  }
}

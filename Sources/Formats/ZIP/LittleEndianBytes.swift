/// Numbers in the order of small machines, one behind the other.
struct LittleEndianBytes {
  private(set) var bytes: [UInt8] = []

  mutating func half(_ value: UInt16) { add(UInt64(value), 2) }
  mutating func word(_ value: UInt32) { add(UInt64(value), 4) }
  mutating func long(_ value: UInt64) { add(value, 8) }
  mutating func append(_ other: some Sequence<UInt8>) { bytes += other }

  private mutating func add(_ value: UInt64, _ width: Int) {
    for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(place)))) }
  }
}

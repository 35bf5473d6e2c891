/// Puts a message of Protocol Buffers together, fields in the order that they are added.
package struct ProtobufWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func add(_ number: Int, int value: Int64) {
    key(number, 0)
    varint(UInt64(bitPattern: value))
  }

  package mutating func add(_ number: Int, float value: Float) {
    key(number, 5)
    little(value.bitPattern)
  }

  package mutating func add(_ number: Int, text: String) { add(number, bytes: Array(text.utf8)) }

  package mutating func add(_ number: Int, bytes content: [UInt8]) {
    key(number, 2)
    varint(UInt64(content.count))
    bytes += content
  }

  package mutating func add(_ number: Int, message: ProtobufWriter) {
    add(number, bytes: message.bytes)
  }

  /// A repeated field in one piece; nothing when there are no numbers.
  package mutating func add(_ number: Int, packedInts values: [Int64]) {
    guard !values.isEmpty else { return }
    var packed = ProtobufWriter()
    for value in values { packed.varint(UInt64(bitPattern: value)) }
    add(number, bytes: packed.bytes)
  }

  /// A repeated field in one piece; nothing when there are no numbers.
  package mutating func add(_ number: Int, packedFloats values: [Float]) {
    guard !values.isEmpty else { return }
    var packed = ProtobufWriter()
    packed.bytes.reserveCapacity(values.count * 4)
    for value in values { packed.little(value.bitPattern) }
    add(number, bytes: packed.bytes)
  }

  private mutating func key(_ number: Int, _ wireType: UInt64) {
    varint(UInt64(number) << 3 | wireType)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func little<T: FixedWidthInteger>(_ value: T) {
    for shift in stride(from: 0, to: T.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> T(shift)))
    }
  }
}

/// Numbers of a safetensors file under a name.
package struct SafetensorsTensor: Sendable, Hashable {
  package var name: String
  package let type: SafetensorsType
  /// The last dimension runs fastest.
  package let shape: [Int]
  /// Elements in the order of the shape, little-endian.
  package let data: ArraySlice<UInt8>

  /// - Parameter data: as many bytes as the type and the shape ask for.
  init(_ name: String, _ type: SafetensorsType, _ shape: [Int], _ data: ArraySlice<UInt8>) {
    self.name = name
    self.type = type
    self.shape = shape
    self.data = data
  }

  package init(_ name: String, shape: [Int], floats: [Float]) {
    precondition(shape.reduce(1, *) == floats.count, "as many numbers as the shape has")
    self.init(name, .float, shape, Self.bytes(floats.map(\.bitPattern))[...])
  }

  package init(_ name: String, shape: [Int], ints: [Int64]) {
    precondition(shape.reduce(1, *) == ints.count, "as many numbers as the shape has")
    self.init(name, .int64, shape, Self.bytes(ints)[...])
  }

  package var count: Int { data.count / type.size }

  /// Its numbers as floats, those of doubles rounded; nil for whole numbers and for floats of eight bits.
  package var floats: [Float]? {
    switch type {
    case .float: numbers(UInt32.self) { Float(bitPattern: $0) }
    case .double: numbers(UInt64.self) { Float(Double(bitPattern: $0)) }
    case .brain: numbers(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .half: numbers(UInt16.self, Self.half)
    default: nil
    }
  }

  /// Its whole numbers; nil for floats, and when one does not fit.
  package var ints: [Int64]? {
    switch type {
    case .bool, .uint8: numbers(UInt8.self) { Int64($0) }
    case .int8: numbers(UInt8.self) { Int64(Int8(bitPattern: $0)) }
    case .uint16: numbers(UInt16.self) { Int64($0) }
    case .int16: numbers(UInt16.self) { Int64(Int16(bitPattern: $0)) }
    case .uint32: numbers(UInt32.self) { Int64($0) }
    case .int32: numbers(UInt32.self) { Int64(Int32(bitPattern: $0)) }
    case .int64: numbers(UInt64.self) { Int64(bitPattern: $0) }
    case .uint64:
      numbers(UInt64.self) { $0 }.allSatisfy { $0 >> 63 == 0 }
        ? numbers(UInt64.self) { Int64(bitPattern: $0) } : nil
    default: nil
    }
  }

  private func numbers<Bits: FixedWidthInteger, Number>(
    _: Bits.Type, _ make: (Bits) -> Number
  ) -> [Number] {
    let size = Bits.bitWidth / 8
    return data.withUnsafeBytes { bytes in
      (0..<bytes.count / size).map {
        make(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * size, as: Bits.self)))
      }
    }
  }

  private static func bytes<Bits: FixedWidthInteger>(_ values: [Bits]) -> [UInt8] {
    values.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }

  /// IEEE's binary16: five bits of exponent, ten of fraction.
  private static func half(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let (exponent, fraction) = (UInt32(bits >> 10 & 31), UInt32(bits & 1023))
    switch exponent {
    case 0: return sign * Float(fraction) * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(bitPattern: (exponent + 112) << 23 | fraction << 13)
    }
  }
}

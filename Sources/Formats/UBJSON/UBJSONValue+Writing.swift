extension UBJSONValue {
  /// The value as bytes, in the form that XGBoost writes: lengths of 64 bits, arrays with their
  /// length in front and without an end.
  package var encoded: [UInt8] {
    var bytes: [UInt8] = []
    encode(into: &bytes)
    return bytes
  }

  private func encode(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(UInt8(ascii: "Z"))
    case .bool(let value): bytes.append(UInt8(ascii: value ? "T" : "F"))
    case .int(let value): Self.encode(whole: value, into: &bytes)
    case .double(let value):
      // XGBoost reads no single doubles, and writes none.
      if Double(Float(value)) == value {
        bytes.append(UInt8(ascii: "d"))
        Self.append(Float(value).bitPattern, to: &bytes)
      } else {
        bytes.append(UInt8(ascii: "D"))
        Self.append(value.bitPattern, to: &bytes)
      }
    case .string(let text):
      bytes.append(UInt8(ascii: "S"))
      Self.append(text: text, to: &bytes)
    case .array(let values):
      bytes += [UInt8(ascii: "["), UInt8(ascii: "#")]
      Self.append(length: values.count, to: &bytes)
      for value in values { value.encode(into: &bytes) }
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for member in members {
        Self.append(text: member.key, to: &bytes)
        member.value.encode(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    case .bytes(let values):
      Self.append(header: UInt8(ascii: "U"), count: values.count, to: &bytes)
      bytes += values
    case .int32s(let values):
      Self.append(header: UInt8(ascii: "l"), count: values.count, to: &bytes)
      for value in values { Self.append(UInt32(bitPattern: value), to: &bytes) }
    case .int64s(let values):
      Self.append(header: UInt8(ascii: "L"), count: values.count, to: &bytes)
      for value in values { Self.append(UInt64(bitPattern: value), to: &bytes) }
    case .floats(let values):
      Self.append(header: UInt8(ascii: "d"), count: values.count, to: &bytes)
      for value in values { Self.append(value.bitPattern, to: &bytes) }
    case .doubles(let values):
      Self.append(header: UInt8(ascii: "D"), count: values.count, to: &bytes)
      for value in values { Self.append(value.bitPattern, to: &bytes) }
    }
  }

  private static func encode(whole value: Int64, into bytes: inout [UInt8]) {
    if let small = Int8(exactly: value) {
      bytes += [UInt8(ascii: "i"), UInt8(bitPattern: small)]
    } else if let middle = Int32(exactly: value) {
      bytes.append(UInt8(ascii: "l"))
      append(UInt32(bitPattern: middle), to: &bytes)
    } else {
      bytes.append(UInt8(ascii: "L"))
      append(UInt64(bitPattern: value), to: &bytes)
    }
  }

  private static func append<T: FixedWidthInteger>(_ value: T, to bytes: inout [UInt8]) {
    for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> T(shift)))
    }
  }

  private static func append(length: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "L"))
    append(UInt64(length), to: &bytes)
  }

  private static func append(text: String, to bytes: inout [UInt8]) {
    append(length: text.utf8.count, to: &bytes)
    bytes += text.utf8
  }

  private static func append(header type: UInt8, count: Int, to bytes: inout [UInt8]) {
    bytes += [UInt8(ascii: "["), UInt8(ascii: "$"), type, UInt8(ascii: "#")]
    append(length: count, to: &bytes)
  }
}

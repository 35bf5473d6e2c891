/// What a tensor of a safetensors file is made of; the raw values are the format's.
package enum SafetensorsType: String, Sendable, Hashable, CaseIterable {
  case bool = "BOOL"
  case uint8 = "U8"
  case int8 = "I8"
  case float8e5 = "F8_E5M2"
  case float8e4 = "F8_E4M3"
  case int16 = "I16"
  case uint16 = "U16"
  case half = "F16"
  case brain = "BF16"
  case int32 = "I32"
  case uint32 = "U32"
  case float = "F32"
  case double = "F64"
  case int64 = "I64"
  case uint64 = "U64"

  /// Bytes of an element.
  package var size: Int {
    switch self {
    case .bool, .uint8, .int8, .float8e5, .float8e4: 1
    case .int16, .uint16, .half, .brain: 2
    case .int32, .uint32, .float: 4
    case .double, .int64, .uint64: 8
    }
  }
}

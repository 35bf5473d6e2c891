/// What a tensor holds; the raw values are ONNX's `TensorProto.DataType`.
package enum ONNXType: Int64, Sendable, Hashable {
  case float = 1
  case int64 = 7
  case string = 8
  case double = 11
}

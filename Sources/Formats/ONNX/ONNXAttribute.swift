/// A setting of an operator.
package struct ONNXAttribute: Sendable, Hashable {
  package var name: String
  package var value: Value

  package enum Value: Sendable, Hashable {
    case float(Float)
    case int(Int64)
    case string(String)
    case tensor(ONNXTensor)
    case floats([Float])
    case ints([Int64])
    case strings([String])
    /// A graph, a sparse tensor or whatever later versions have: kept as its type's number.
    case other(Int64)
  }

  package init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}

extension ONNXAttribute.Value {
  package var int: Int64? { if case .int(let value) = self { value } else { nil } }
  package var float: Float? { if case .float(let value) = self { value } else { nil } }
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var ints: [Int64]? { if case .ints(let values) = self { values } else { nil } }
  package var floats: [Float]? { if case .floats(let values) = self { values } else { nil } }
  package var strings: [String]? { if case .strings(let values) = self { values } else { nil } }
  package var tensor: ONNXTensor? { if case .tensor(let value) = self { value } else { nil } }
}

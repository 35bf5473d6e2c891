extension ONNXModel {
  /// The model as a file: the same bytes for the same model.
  package var encoded: [UInt8] {
    var writer = ProtobufWriter()
    writer.add(1, int: irVersion)
    writer.add(2, text: producer)
    if !producerVersion.isEmpty { writer.add(3, text: producerVersion) }
    writer.add(7, message: graph.message)
    for set in operators {
      var message = ProtobufWriter()
      message.add(1, text: set.domain)
      message.add(2, int: set.version)
      writer.add(8, message: message)
    }
    for entry in metadata {
      var message = ProtobufWriter()
      message.add(1, text: entry.key)
      message.add(2, text: entry.value)
      writer.add(14, message: message)
    }
    return writer.bytes
  }
}

extension ONNXGraph {
  fileprivate var message: ProtobufWriter {
    var writer = ProtobufWriter()
    for node in nodes { writer.add(1, message: node.message) }
    writer.add(2, text: name)
    for tensor in initializers { writer.add(5, message: tensor.message) }
    for input in inputs { writer.add(11, message: input.message) }
    for output in outputs { writer.add(12, message: output.message) }
    return writer
  }
}

extension ONNXNode {
  fileprivate var message: ProtobufWriter {
    var writer = ProtobufWriter()
    for input in inputs { writer.add(1, text: input) }
    for output in outputs { writer.add(2, text: output) }
    if !name.isEmpty { writer.add(3, text: name) }
    writer.add(4, text: operation)
    for attribute in attributes { writer.add(5, message: attribute.message) }
    if !domain.isEmpty { writer.add(7, text: domain) }
    return writer
  }
}

extension ONNXAttribute {
  fileprivate var message: ProtobufWriter {
    var writer = ProtobufWriter()
    writer.add(1, text: name)
    switch value {
    case .float(let value): writer.add(2, float: value)
    case .int(let value): writer.add(3, int: value)
    case .string(let text): writer.add(4, text: text)
    case .tensor(let tensor): writer.add(5, message: tensor.message)
    case .floats(let values): writer.add(7, packedFloats: values)
    case .ints(let values): writer.add(8, packedInts: values)
    case .strings(let texts): for text in texts { writer.add(9, text: text) }
    case .other: break
    }
    writer.add(20, int: value.type)
    return writer
  }
}

extension ONNXAttribute.Value {
  /// `AttributeProto.AttributeType`.
  fileprivate var type: Int64 {
    switch self {
    case .float: 1
    case .int: 2
    case .string: 3
    case .tensor: 4
    case .floats: 6
    case .ints: 7
    case .strings: 8
    case .other(let type): type
    }
  }
}

extension ONNXTensor {
  fileprivate var message: ProtobufWriter {
    var writer = ProtobufWriter()
    writer.add(1, packedInts: dimensions)
    switch elements {
    case .floats(let values):
      writer.add(2, int: ONNXType.float.rawValue)
      writer.add(9, bytes: Self.raw(values.map(\.bitPattern)))
    case .doubles(let values):
      writer.add(2, int: ONNXType.double.rawValue)
      writer.add(9, bytes: Self.raw(values.map(\.bitPattern)))
    case .ints(let values):
      writer.add(2, int: ONNXType.int64.rawValue)
      writer.add(9, bytes: Self.raw(values))
    case .strings(let texts):
      writer.add(2, int: ONNXType.string.rawValue)
      for text in texts { writer.add(6, text: text) }
    case .other(let type): writer.add(2, int: type)
    }
    writer.add(8, text: name)
    return writer
  }

  private static func raw<T: FixedWidthInteger>(_ values: [T]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * T.bitWidth / 8)
    for value in values {
      for shift in stride(from: 0, to: T.bitWidth, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value >> T(shift)))
      }
    }
    return bytes
  }
}

extension ONNXValueInfo {
  fileprivate var message: ProtobufWriter {
    var dimensions = ProtobufWriter()
    for dimension in shape {
      var message = ProtobufWriter()
      switch dimension {
      case .size(let size): message.add(1, int: size)
      case .named(let name): message.add(2, text: name)
      }
      dimensions.add(1, message: message)
    }
    var tensor = ProtobufWriter()
    if let type { tensor.add(1, int: type.rawValue) }
    tensor.add(2, message: dimensions)
    var kind = ProtobufWriter()
    kind.add(1, message: tensor)
    var writer = ProtobufWriter()
    writer.add(1, text: name)
    writer.add(2, message: kind)
    return writer
  }
}

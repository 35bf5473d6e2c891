import Platform

extension ONNXModel {
  /// Reads the bytes of a file, believing nothing.
  ///
  /// - Throws: ``ParseFailure`` with the byte where it went wrong.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    self.init(irVersion: 0, producer: "", graph: ONNXGraph(name: ""))
    var reader = ProtobufReader(bytes)
    var hasGraph = false
    while let field = try reader.next() {
      switch field.number {
      case 1: irVersion = try reader.int(field)
      case 2: producer = try reader.text(field)
      case 3: producerVersion = try reader.text(field)
      case 7:
        graph = try ONNXGraph(reader.message(field))
        hasGraph = true
      case 8: operators.append(try Operators(reader.message(field)))
      case 14: metadata.append(try Entry(reader.message(field)))
      default: break
      }
    }
    guard hasGraph else { throw ParseFailure("it has no graph") }
  }

  /// Whether bytes can be the beginning of a model: its first field is the version of the format,
  /// a small number.
  package static func isLikely(_ head: [UInt8]) -> Bool {
    guard head.count > 2, head[0] == 0x08, (1..<0x40).contains(head[1]) else { return false }
    // Then text fields, the graph or the operators' versions.
    return [0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42, 0x72].contains(head[2])
  }
}

extension ONNXModel.Operators {
  fileprivate init(_ reader: ProtobufReader) throws(ParseFailure) {
    var reader = reader
    self.init("", 0)
    while let field = try reader.next() {
      switch field.number {
      case 1: domain = try reader.text(field)
      case 2: version = try reader.int(field)
      default: break
      }
    }
  }
}

extension ONNXModel.Entry {
  fileprivate init(_ reader: ProtobufReader) throws(ParseFailure) {
    var reader = reader
    self.init("", "")
    while let field = try reader.next() {
      switch field.number {
      case 1: key = try reader.text(field)
      case 2: value = try reader.text(field)
      default: break
      }
    }
  }
}

extension ONNXGraph {
  fileprivate init(_ reader: ProtobufReader) throws(ParseFailure) {
    var reader = reader
    self.init(name: "")
    while let field = try reader.next() {
      switch field.number {
      case 1: nodes.append(try ONNXNode(reader.message(field)))
      case 2: name = try reader.text(field)
      case 5: initializers.append(try ONNXTensor(reader.message(field)))
      case 11: inputs.append(try ONNXValueInfo(reader.message(field)))
      case 12: outputs.append(try ONNXValueInfo(reader.message(field)))
      default: break
      }
    }
  }
}

extension ONNXNode {
  fileprivate init(_ reader: ProtobufReader) throws(ParseFailure) {
    var reader = reader
    self.init("", from: [], to: [])
    while let field = try reader.next() {
      switch field.number {
      case 1: inputs.append(try reader.text(field))
      case 2: outputs.append(try reader.text(field))
      case 3: name = try reader.text(field)
      case 4: operation = try reader.text(field)
      case 5: attributes.append(try ONNXAttribute(reader.message(field)))
      case 7: domain = try reader.text(field)
      default: break
      }
    }
  }
}

extension ONNXValueInfo {
  fileprivate init(_ reader: ProtobufReader) throws(ParseFailure) {
    var reader = reader
    self.init("", nil, [])
    while let field = try reader.next() {
      if field.number == 1 { name = try reader.text(field) }
      guard field.number == 2 else { continue }
      var kind = try reader.message(field)
      while let field = try kind.next() {
        guard field.number == 1 else { continue }
        var tensor = try kind.message(field)
        while let field = try tensor.next() {
          switch field.number {
          case 1: type = ONNXType(rawValue: try tensor.int(field))
          case 2: shape = try Self.shape(tensor.message(field))
          default: break
          }
        }
      }
    }
  }

  private static func shape(_ reader: ProtobufReader) throws(ParseFailure) -> [Dimension] {
    var reader = reader
    var shape: [Dimension] = []
    while let field = try reader.next() {
      guard field.number == 1 else { continue }
      var dimension = Dimension.named("")
      var inner = try reader.message(field)
      while let field = try inner.next() {
        switch field.number {
        case 1: dimension = .size(try inner.int(field))
        case 2: dimension = .named(try inner.text(field))
        default: break
        }
      }
      shape.append(dimension)
    }
    return shape
  }
}

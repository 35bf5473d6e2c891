import Platform

extension ONNXAttribute {
  init(_ reader: ProtobufReader) throws(ParseFailure) {
    var reader = reader
    self.init("", .other(0))
    var type: Int64 = 0
    var found: (float: Float, int: Int64, string: String) = (0, 0, "")
    var tensor: ONNXTensor?
    var (floats, ints, strings): ([Float], [Int64], [String]) = ([], [], [])
    // Files of the first versions do not say the type: it is then that of the last field.
    var seen: Int64 = 0
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try reader.text(field)
      case 2: (found.float, seen) = (try reader.float(field), 1)
      case 3: (found.int, seen) = (try reader.int(field), 2)
      case 4: (found.string, seen) = (try reader.text(field), 3)
      case 5: (tensor, seen) = (try ONNXTensor(reader.message(field)), 4)
      case 7:
        try reader.appendFloats(field, to: &floats)
        seen = 6
      case 8:
        try reader.appendInts(field, to: &ints)
        seen = 7
      case 9:
        strings.append(try reader.text(field))
        seen = 8
      case 20: type = try reader.int(field)
      default: break
      }
    }
    switch type == 0 ? seen : type {
    case 1: value = .float(found.float)
    case 2: value = .int(found.int)
    case 3: value = .string(found.string)
    case 4: value = tensor.map { .tensor($0) } ?? .other(4)
    case 6: value = .floats(floats)
    case 7: value = .ints(ints)
    case 8: value = .strings(strings)
    case let other: value = .other(other)
    }
  }
}

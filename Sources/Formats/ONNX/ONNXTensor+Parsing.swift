import Platform

extension ONNXTensor {
  init(_ reader: ProtobufReader) throws(ParseFailure) {
    var reader = reader
    self.init("", [], .other(0))
    var type: Int64 = 0
    var raw: ArraySlice<UInt8>?
    var isElsewhere = false
    var (floats, doubles, ints, strings): ([Float], [Double], [Int64], [String]) = ([], [], [], [])
    while let field = try reader.next() {
      switch field.number {
      case 1: try reader.appendInts(field, to: &dimensions)
      case 2: type = try reader.int(field)
      case 4: try reader.appendFloats(field, to: &floats)
      case 6 where type == ONNXType.string.rawValue || type == 0:
        strings.append(try reader.text(field))
      case 7: try reader.appendInts(field, to: &ints)
      case 8: name = try reader.text(field)
      case 9: raw = try reader.data(field)
      case 10: try reader.appendDoubles(field, to: &doubles)
      case 14: isElsewhere = try reader.int(field) == 1
      default: break
      }
    }
    guard !isElsewhere, let known = ONNXType(rawValue: type) else {
      elements = .other(type)
      return
    }
    let found: Int
    switch known {
    case .float:
      if let raw { floats = try Self.numbers(raw, 4) { Float(bitPattern: UInt32($0)) } }
      (elements, found) = (.floats(floats), floats.count)
    case .double:
      if let raw { doubles = try Self.numbers(raw, 8) { Double(bitPattern: $0) } }
      (elements, found) = (.doubles(doubles), doubles.count)
    case .int64:
      if let raw { ints = try Self.numbers(raw, 8) { Int64(bitPattern: $0) } }
      (elements, found) = (.ints(ints), ints.count)
    case .string: (elements, found) = (.strings(strings), strings.count)
    }
    try check(found)
  }

  private static func numbers<T>(
    _ raw: ArraySlice<UInt8>, _ size: Int, _ make: (UInt64) -> T
  ) throws(ParseFailure) -> [T] {
    guard raw.count % size == 0 else {
      throw ParseFailure("a tensor of \(raw.count) bytes, \(size) to an element")
    }
    var values: [T] = []
    values.reserveCapacity(raw.count / size)
    var place = raw.startIndex
    while place < raw.endIndex {
      var bits: UInt64 = 0
      for offset in (0..<size).reversed() { bits = bits << 8 | UInt64(raw[place + offset]) }
      values.append(make(bits))
      place += size
    }
    return values
  }

  /// Compares the elements with the shape.
  private func check(_ found: Int) throws(ParseFailure) {
    var wanted = 1
    for dimension in dimensions {
      let (product, overflow) = wanted.multipliedReportingOverflow(
        by: Int(exactly: dimension) ?? -1)
      guard dimension >= 0, !overflow else {
        throw ParseFailure("the tensor `\(name)` has a dimension of \(dimension)")
      }
      wanted = product
    }
    guard wanted == found else {
      throw ParseFailure("the tensor `\(name)` holds \(found) elements, its shape \(wanted)")
    }
  }
}

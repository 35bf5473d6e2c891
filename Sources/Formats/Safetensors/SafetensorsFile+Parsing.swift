import Platform

extension SafetensorsFile {
  /// Takes a file apart, believing nothing: no number of the header is used before it is held against the bytes that are there.
  ///
  /// - Throws: ``ParseFailure``, with the byte where the problem is when it is one.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    let header = try Self.header(bytes)
    let json: JSONValue
    do {
      json = try JSONValue(parsing: Array(bytes[header]))
    } catch {
      throw ParseFailure("its header: \(error.message)", at: header.lowerBound)
    }
    guard let members = json.members else {
      throw ParseFailure("its header is no JSON object", at: header.lowerBound)
    }
    self.init([])
    var names: Set<[UInt8]> = []
    var found: [(range: Range<Int>, tensor: SafetensorsTensor)] = []
    for member in members {
      // Compared as bytes: two spellings of one letter are two names.
      guard names.insert(Array(member.key.utf8)).inserted else {
        throw ParseFailure("two tensors are named `\(member.key)`", at: header.lowerBound)
      }
      if member.key == Self.metadataKey {
        metadata = try Self.entries(member.value, header.lowerBound)
        continue
      }
      found.append(try Self.tensor(member, bytes, from: header))
    }
    found.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = header.upperBound
    for (range, tensor) in found {
      guard range.lowerBound == end else {
        throw ParseFailure(
          range.lowerBound < end
            ? "the tensor `\(tensor.name)` begins inside of another one"
            : "nothing says what the \(range.lowerBound - end) bytes before the tensor `\(tensor.name)` are",
          at: range.lowerBound < end ? range.lowerBound : end)
      }
      end = range.upperBound
    }
    guard end == bytes.count else {
      throw ParseFailure("nothing says what its last \(bytes.count - end) bytes are", at: end)
    }
    tensors = found.map(\.tensor)
  }

  /// Where the header is.
  private static func header(_ bytes: [UInt8]) throws(ParseFailure) -> Range<Int> {
    guard bytes.count >= 8 else {
      throw ParseFailure("\(bytes.count) bytes are no safetensors file", at: bytes.count)
    }
    var length: UInt64 = 0
    for place in (0..<8).reversed() { length = length << 8 | UInt64(bytes[place]) }
    guard length <= UInt64(longestHeader) else {
      throw ParseFailure("its header would have \(length) bytes", at: 0)
    }
    guard length <= UInt64(bytes.count - 8) else {
      throw ParseFailure(
        "its header has \(length) bytes, and the file ends behind \(bytes.count - 8) of them",
        at: bytes.count)
    }
    let header = 8..<8 + Int(length)
    guard header.isEmpty || bytes[8] == UInt8(ascii: "{") else {
      throw ParseFailure("its header does not begin with `{`", at: 8)
    }
    return header
  }

  private static func entries(_ json: JSONValue, _ place: Int) throws(ParseFailure) -> [Entry] {
    guard let members = json.members else {
      throw ParseFailure("`\(metadataKey)` of its header is no object", at: place)
    }
    var entries: [Entry] = []
    var keys: Set<[UInt8]> = []
    for member in members {
      guard let text = member.value.string else {
        throw ParseFailure("`\(member.key)` of `\(metadataKey)` is no text", at: place)
      }
      guard keys.insert(Array(member.key.utf8)).inserted else {
        throw ParseFailure("`\(metadataKey)` names `\(member.key)` twice", at: place)
      }
      entries.append(Entry(member.key, text))
    }
    return entries
  }

  private static func tensor(
    _ member: JSONValue.Member, _ bytes: [UInt8], from header: Range<Int>
  ) throws(ParseFailure) -> (range: Range<Int>, tensor: SafetensorsTensor) {
    let (name, json) = (member.key, member.value)
    func failure(_ text: String) -> ParseFailure {
      ParseFailure("the tensor `\(name)` \(text)", at: header.lowerBound)
    }
    guard let word = json["dtype"]?.string else { throw failure("has no `dtype`") }
    guard let type = SafetensorsType(rawValue: word) else {
      throw failure("is of an unknown type, `\(word)`")
    }
    guard let shape = numbers(json["shape"]) else { throw failure("has no shape of whole numbers") }
    guard let offsets = numbers(json["data_offsets"]), offsets.count == 2 else {
      throw failure("has no `data_offsets` of two whole numbers")
    }
    let room = bytes.count - header.upperBound
    guard offsets[0] <= offsets[1], offsets[1] <= room else {
      throw failure("is said to be at \(offsets[0]) to \(offsets[1]) of \(room) bytes")
    }
    var size = type.size
    for dimension in shape {
      let (product, isTooLarge) = size.multipliedReportingOverflow(by: dimension)
      guard !isTooLarge else { throw failure("has the shape \(shape), which fits no memory") }
      size = product
    }
    guard size == offsets[1] - offsets[0] else {
      throw failure("of shape \(shape) has \(offsets[1] - offsets[0]) bytes, and needs \(size)")
    }
    let range = header.upperBound + offsets[0]..<header.upperBound + offsets[1]
    return (range, SafetensorsTensor(name, type, shape, bytes[range]))
  }

  /// Whole numbers from 0; nil for anything else.
  private static func numbers(_ json: JSONValue?) -> [Int]? {
    guard let values = json?.array else { return nil }
    let numbers = values.compactMap { $0.int.flatMap { Int(exactly: $0) } }
    return numbers.count == values.count && numbers.allSatisfy { $0 >= 0 } ? numbers : nil
  }
}

extension ParseFailure {
  fileprivate init(_ message: String, at offset: Int) {
    self.init(message)
    self.offset = offset
  }
}

import Platform

extension UBJSONValue {
  /// Parses the bytes of one value.
  ///
  /// Memory is asked for only as far as the bytes that are there can fill it.
  ///
  /// - Throws: ``ParseFailure`` with the byte where it went wrong; nesting deeper than 64 is one.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    var parser = UBJSONParser(bytes: bytes)
    self = try parser.document()
  }
}

/// A recursive descent over the bytes. No index is used before it is compared with the end.
private struct UBJSONParser {
  let bytes: [UInt8]
  var place = 0
  var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(ParseFailure) -> UBJSONValue {
    let value = try value(of: try marker())
    guard place == bytes.count else { throw failure("there is more behind the value") }
    return value
  }

  private mutating func value(of marker: UInt8) throws(ParseFailure) -> UBJSONValue {
    switch Character(Unicode.Scalar(marker)) {
    case "Z": return .null
    case "T": return .bool(true)
    case "F": return .bool(false)
    case "i", "U", "I", "l", "L": return .int(try whole(marker))
    case "d": return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: try raw(4)))))
    case "D": return .double(Double(bitPattern: try raw(8)))
    case "C": return .string(try text(1))
    case "S": return .string(try text(try length()))
    case "{": return try nested { (parser) throws(ParseFailure) in try parser.object() }
    case "[": return try nested { (parser) throws(ParseFailure) in try parser.array() }
    default:
      place -= 1
      throw failure("byte \(marker) begins no value")
    }
  }

  private mutating func nested(
    _ parse: (inout UBJSONParser) throws(ParseFailure) -> UBJSONValue
  ) throws(ParseFailure) -> UBJSONValue {
    depth += 1
    guard depth <= 64 else { throw failure("it is nested more than 64 deep") }
    let value = try parse(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(ParseFailure) -> UBJSONValue {
    guard peek != UInt8(ascii: "$") else { throw failure("an object of typed values") }
    var members: [UBJSONValue.Member] = []
    let count = try counted() ? try length() : nil
    while count.map({ members.count < $0 }) ?? !take(UInt8(ascii: "}")) {
      let key = try text(try length())
      members.append(.init(key, try value(of: try marker())))
    }
    return .object(members)
  }

  private mutating func array() throws(ParseFailure) -> UBJSONValue {
    if take(UInt8(ascii: "$")) { return try typedArray() }
    var values: [UBJSONValue] = []
    let count = try counted() ? try length() : nil
    while count.map({ values.count < $0 }) ?? !take(UInt8(ascii: "]")) {
      values.append(try value(of: try marker()))
    }
    return .array(values)
  }

  private mutating func typedArray() throws(ParseFailure) -> UBJSONValue {
    let type = try marker()
    guard take(UInt8(ascii: "#")) else { throw failure("a typed array without a length") }
    let count = try length()
    switch Character(Unicode.Scalar(type)) {
    case "U", "C":
      let start = try room(count, of: 1)
      place += count
      return .bytes(Array(bytes[start..<place]))
    case "i": return .int32s(try numbers(count, 1) { Int32(Int8(truncatingIfNeeded: $0)) })
    case "I": return .int32s(try numbers(count, 2) { Int32(Int16(truncatingIfNeeded: $0)) })
    case "l": return .int32s(try numbers(count, 4) { Int32(truncatingIfNeeded: $0) })
    case "L": return .int64s(try numbers(count, 8) { Int64(bitPattern: $0) })
    case "d":
      return .floats(try numbers(count, 4) { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) })
    case "D": return .doubles(try numbers(count, 8) { Double(bitPattern: $0) })
    default: throw failure("an array of a type that cannot be read, byte \(type)")
    }
  }

  private mutating func numbers<T>(
    _ count: Int, _ size: Int, _ make: (UInt64) -> T
  ) throws(ParseFailure) -> [T] {
    _ = try room(count, of: size)
    var values: [T] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(make(try raw(size))) }
    return values
  }

  /// Where `count` elements start, if all of them are there.
  private func room(_ count: Int, of size: Int) throws(ParseFailure) -> Int {
    guard count <= (bytes.count - place) / size else {
      throw failure("\(count) elements are announced, the bytes end before")
    }
    return place
  }

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    place += 1
    return true
  }

  private mutating func counted() throws(ParseFailure) -> Bool { take(UInt8(ascii: "#")) }

  /// The next byte that means something: no-ops are skipped.
  private mutating func marker() throws(ParseFailure) -> UInt8 {
    while take(UInt8(ascii: "N")) {}
    guard let byte = peek else { throw failure("it ends where a value should be") }
    place += 1
    return byte
  }

  private mutating func raw(_ size: Int) throws(ParseFailure) -> UInt64 {
    guard size <= bytes.count - place else { throw failure("it ends inside of a number") }
    var bits: UInt64 = 0
    for offset in 0..<size { bits = bits << 8 | UInt64(bytes[place + offset]) }
    place += size
    return bits
  }

  private mutating func whole(_ marker: UInt8) throws(ParseFailure) -> Int64 {
    switch Character(Unicode.Scalar(marker)) {
    case "i": return Int64(Int8(truncatingIfNeeded: try raw(1)))
    case "U": return Int64(try raw(1))
    case "I": return Int64(Int16(truncatingIfNeeded: try raw(2)))
    case "l": return Int64(Int32(truncatingIfNeeded: try raw(4)))
    case "L": return Int64(bitPattern: try raw(8))
    default:
      place -= 1
      throw failure("byte \(marker) begins no length")
    }
  }

  private mutating func length() throws(ParseFailure) -> Int {
    let value = try whole(try marker())
    guard value >= 0, let length = Int(exactly: value) else {
      throw failure("a length of \(value)")
    }
    return length
  }

  private mutating func text(_ count: Int) throws(ParseFailure) -> String {
    let start = try room(count, of: 1)
    guard let text = String(validating: bytes[start..<(start + count)], as: UTF8.self) else {
      throw failure("a text that is not UTF-8")
    }
    place = start + count
    return text
  }

  private func failure(_ message: String) -> ParseFailure {
    ParseFailure("\(message), at byte \(place)")
  }
}

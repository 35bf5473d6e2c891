import Platform

/// Takes a message of Protocol Buffers apart, field by field, believing nothing.
///
/// The wire format is that of https://protobuf.dev/programming-guides/encoding/. A message is a range
/// of the bytes; nothing is copied until a caller asks for it, and no length is used before it is
/// compared with what is there.
package struct ProtobufReader: Sendable {
  private let bytes: [UInt8]
  private var place: Int
  private let end: Int

  package init(_ bytes: [UInt8]) { self.init(bytes, 0..<bytes.count) }

  private init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  /// One field of a message: its number and what was written for it.
  package struct Field: Sendable {
    package let number: Int
    package let content: Content
    /// Where its content begins, for messages.
    package let place: Int
  }

  package enum Content: Sendable, Hashable {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    /// The bytes of text, of a nested message or of packed numbers.
    case bytes(Range<Int>)
  }

  /// The next field, nil at the message's end.
  ///
  /// - Throws: ``ParseFailure`` for what is cut off, and for groups, which no format of ours has.
  package mutating func next() throws(ParseFailure) -> Field? {
    guard place < end else { return nil }
    let start = place
    let key = try varint()
    let number = key >> 3
    guard number > 0, number < 1 << 29 else { throw failure("a field number of \(number)", start) }
    let content: Content
    switch key & 7 {
    case 0: content = .varint(try varint())
    case 1: content = .fixed64(try little(8))
    case 2:
      let length = try varint()
      guard length <= UInt64(end - place) else {
        throw failure("\(length) bytes are announced, the message ends before", start)
      }
      content = .bytes(place..<(place + Int(length)))
      place += Int(length)
    case 5: content = .fixed32(UInt32(truncatingIfNeeded: try little(4)))
    default: throw failure("a field of the wire type \(key & 7)", start)
    }
    return Field(number: Int(number), content: content, place: start)
  }

  /// A reader of a nested message.
  package func message(_ field: Field) throws(ParseFailure) -> ProtobufReader {
    ProtobufReader(bytes, try range(field))
  }

  package func text(_ field: Field) throws(ParseFailure) -> String {
    guard let text = String(validating: bytes[try range(field)], as: UTF8.self) else {
      throw failure("a text that is not UTF-8", field.place)
    }
    return text
  }

  package func data(_ field: Field) throws(ParseFailure) -> ArraySlice<UInt8> {
    bytes[try range(field)]
  }

  package func int(_ field: Field) throws(ParseFailure) -> Int64 {
    guard case .varint(let bits) = field.content else {
      throw failure("field \(field.number) is no whole number", field.place)
    }
    return Int64(bitPattern: bits)
  }

  package func float(_ field: Field) throws(ParseFailure) -> Float {
    guard case .fixed32(let bits) = field.content else {
      throw failure("field \(field.number) is no float", field.place)
    }
    return Float(bitPattern: bits)
  }

  /// Adds the whole numbers of a repeated field, packed or not.
  package func appendInts(_ field: Field, to values: inout [Int64]) throws(ParseFailure) {
    guard case .bytes(let range) = field.content else { return values.append(try int(field)) }
    var packed = ProtobufReader(bytes, range)
    while packed.place < packed.end { values.append(Int64(bitPattern: try packed.varint())) }
  }

  /// Adds the floats of a repeated field, packed or not.
  package func appendFloats(_ field: Field, to values: inout [Float]) throws(ParseFailure) {
    guard case .bytes(let range) = field.content else { return values.append(try float(field)) }
    guard range.count % 4 == 0 else {
      throw failure("\(range.count) bytes are no floats", field.place)
    }
    var packed = ProtobufReader(bytes, range)
    values.reserveCapacity(values.count + range.count / 4)
    while packed.place < packed.end {
      values.append(Float(bitPattern: UInt32(truncatingIfNeeded: try packed.little(4))))
    }
  }

  /// Adds the doubles of a repeated field, packed or not.
  package func appendDoubles(_ field: Field, to values: inout [Double]) throws(ParseFailure) {
    if case .fixed64(let bits) = field.content {
      values.append(Double(bitPattern: bits))
      return
    }
    let range = try range(field)
    guard range.count % 8 == 0 else {
      throw failure("\(range.count) bytes are no doubles", field.place)
    }
    var packed = ProtobufReader(bytes, range)
    while packed.place < packed.end { values.append(Double(bitPattern: try packed.little(8))) }
  }

  private func range(_ field: Field) throws(ParseFailure) -> Range<Int> {
    guard case .bytes(let range) = field.content else {
      throw failure("field \(field.number) is neither text nor a message", field.place)
    }
    return range
  }

  private mutating func varint() throws(ParseFailure) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<10 {
      guard place < end else { throw failure("it ends inside of a number", place) }
      let byte = bytes[place]
      place += 1
      guard index < 9 || byte < 2 else { break }
      value |= UInt64(byte & 0x7F) << UInt64(7 * index)
      if byte < 0x80 { return value }
    }
    throw failure("a number of more than 64 bits", place)
  }

  private mutating func little(_ size: Int) throws(ParseFailure) -> UInt64 {
    guard size <= end - place else { throw failure("it ends inside of a number", place) }
    var value: UInt64 = 0
    for offset in (0..<size).reversed() { value = value << 8 | UInt64(bytes[place + offset]) }
    place += size
    return value
  }

  private func failure(_ message: String, _ place: Int) -> ParseFailure {
    ParseFailure("\(message), at byte \(place)")
  }
}

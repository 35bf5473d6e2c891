import Platform

/// Reads the compact protocol of Apache Thrift (doc/specs/thrift-compact-protocol.md), in which Parquet keeps its own records.
struct ThriftReader {
  private var cursor: ByteCursor
  private var depth = 0

  /// The header of a field.
  struct Field {
    var id: Int
    fileprivate var kind: UInt8
  }

  /// The header of a list.
  struct List {
    var count: Int
    fileprivate var kind: UInt8
  }

  init(_ bytes: UnsafeRawBufferPointer) { cursor = ByteCursor(bytes) }

  /// How many bytes were read.
  var place: Int { cursor.place }

  /// The next field of a record; nil at its end.
  ///
  /// - Parameter last: the one before; nil at the record's beginning.
  mutating func field(after last: Field?) throws(ParseFailure) -> Field? {
    let head = try cursor.byte()
    if head == 0 { return nil }
    let step = Int(head >> 4)
    let id = step == 0 ? Int(try cursor.zigzag()) : (last?.id ?? 0) + step
    guard (1...0x7FFF).contains(id) else { throw ParseFailure("a field has the number \(id)") }
    return Field(id: id, kind: head & 15)
  }

  mutating func whole(_ field: Field) throws(ParseFailure) -> Int {
    switch field.kind {
    case 3: return Int(Int8(bitPattern: try cursor.byte()))
    case 4...6: return Int(try cursor.zigzag())
    default: throw Self.wrongKind(field)
    }
  }

  /// A number that may not be negative.
  mutating func count(_ field: Field) throws(ParseFailure) -> Int {
    let value = try whole(field)
    guard value >= 0 else { throw ParseFailure("a size or a count is \(value)") }
    return value
  }

  /// A truth value, which stands in the header.
  func truth(_ field: Field) throws(ParseFailure) -> Bool {
    guard field.kind == 1 || field.kind == 2 else { throw Self.wrongKind(field) }
    return field.kind == 1
  }

  mutating func text(_ field: Field) throws(ParseFailure) -> String {
    guard field.kind == 8 else { throw Self.wrongKind(field) }
    return try text()
  }

  /// A text of a list.
  mutating func text() throws(ParseFailure) -> String {
    String(decoding: try cursor.take(size()), as: UTF8.self)
  }

  /// The beginning of a record; its fields follow.
  func record(_ field: Field) throws(ParseFailure) {
    guard field.kind == 12 else { throw Self.wrongKind(field) }
  }

  /// The beginning of a list of records, or of texts; its elements follow.
  mutating func list(_ field: Field, ofRecords: Bool) throws(ParseFailure) -> List {
    guard field.kind == 9 || field.kind == 10 else { throw Self.wrongKind(field) }
    let list = try list()
    guard list.count == 0 || list.kind == (ofRecords ? 12 : 8) else { throw Self.wrongKind(field) }
    return list
  }

  /// Passes over what is not needed.
  mutating func skip(_ field: Field) throws(ParseFailure) {
    // Truth values of fields stand in the header.
    if field.kind != 1, field.kind != 2 { try skip(field.kind) }
  }

  private mutating func skip(_ kind: UInt8) throws(ParseFailure) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 32 else { throw ParseFailure("records are nested more than 32 deep") }
    switch kind {
    case 1...3: _ = try cursor.byte()
    case 4...6: _ = try cursor.varint()
    case 7: _ = try cursor.take(8)
    case 8: _ = try cursor.take(size())
    case 9, 10:
      let list = try list()
      for _ in 0..<list.count { try skip(list.kind) }
    case 11:
      let count = try size()
      guard count > 0 else { return }
      let kinds = try cursor.byte()
      for _ in 0..<count {
        try skip(kinds >> 4)
        try skip(kinds & 15)
      }
    case 12:
      var last: Field?
      while let field = try field(after: last) {
        try skip(field)
        last = field
      }
    case 13: _ = try cursor.take(16)
    default: throw ParseFailure("a field is of the unknown kind \(kind)")
    }
  }

  private mutating func list() throws(ParseFailure) -> List {
    let head = try cursor.byte()
    var count = Int(head >> 4)
    if count == 15 { count = try size() }
    // Every element takes a byte at least.
    guard count <= cursor.remaining else {
      throw ParseFailure("a list of \(count) elements has fewer bytes")
    }
    return List(count: count, kind: head & 15)
  }

  private mutating func size() throws(ParseFailure) -> Int {
    let size = try cursor.varint()
    guard size <= UInt64(cursor.remaining) else {
      throw ParseFailure("a size of \(size) bytes is beyond the end")
    }
    return Int(size)
  }

  private static func wrongKind(_ field: Field) -> ParseFailure {
    ParseFailure("field \(field.id) of a record is of another kind, \(field.kind)")
  }
}

import Platform

/// The tree of a Parquet file's columns, written depth first as a list (parquet.thrift: `SchemaElement`).
struct ParquetSchema {
  /// One line of the list.
  private struct Element {
    var type: Int?
    var length = 0
    var repetition = 0
    var name = ""
    var children = 0
    var converted: Int?
    var scale = 0
    var meaning: ParquetMeaning?
  }

  let columns: [ParquetColumn]

  /// Reads the list's elements.
  init(_ list: ThriftReader.List, _ reader: inout ThriftReader) throws(ParseFailure) {
    // As for CSV.
    guard list.count <= 100_000 else { throw ParseFailure("more than 100,000 columns") }
    var elements: [Element] = []
    for _ in 0..<list.count { elements.append(try Self.element(&reader)) }
    guard let root = elements.first else { throw ParseFailure("the schema is empty") }
    var columns: [ParquetColumn] = []
    var place = 1
    for _ in 0..<root.children {
      try Self.walk(elements, &place, [], 0, false, &columns)
    }
    guard place == elements.count else { throw Self.broken }
    self.columns = columns
  }

  private static var broken: ParseFailure {
    ParseFailure("the schema is no tree: its counts of children are wrong")
  }

  private static func walk(
    _ elements: [Element], _ place: inout Int, _ parents: [String], _ levels: Int,
    _ isRepeated: Bool, _ columns: inout [ParquetColumn]
  ) throws(ParseFailure) {
    guard place < elements.count else { throw broken }
    guard parents.count < 64 else { throw ParseFailure("columns are nested more than 64 deep") }
    let element = elements[place]
    place += 1
    let path = parents + [element.name]
    // What is optional or repeated may be missing.
    let levels = levels + (element.repetition == 0 ? 0 : 1)
    let isRepeated = isRepeated || element.repetition == 2
    guard let number = element.type else {
      guard element.children > 0 else { return }
      for _ in 0..<element.children {
        try walk(elements, &place, path, levels, isRepeated, &columns)
      }
      return
    }
    let name = path.joined(separator: ".")
    guard element.children == 0 else { throw broken }
    guard let type = ParquetType(rawValue: number) else {
      throw ParseFailure("column `\(name)` is of the unknown type \(number)")
    }
    if type == .fixedLengthByteArray, !(1...(1 << 20)).contains(element.length) {
      throw ParseFailure("the values of column `\(name)` have \(element.length) bytes")
    }
    let meaning = meaning(of: element)
    if case .decimal(let scale) = meaning, !(-1000...1000).contains(scale) || element.length > 64 {
      throw ParseFailure("the decimals of column `\(name)` have a scale of \(scale)")
    }
    columns.append(
      ParquetColumn(
        path: path, type: type, length: element.length, meaning: meaning,
        definitionLevels: levels, isRepeated: isRepeated))
  }

  private static func meaning(of element: Element) -> ParquetMeaning {
    if let meaning = element.meaning { return meaning }
    switch element.converted {
    case 0, 4, 19: return .text
    case 5: return .decimal(scale: element.scale)
    case 6: return .date
    case 7: return .time(unit: .milliseconds)
    case 8: return .time(unit: .microseconds)
    case 9: return .timestamp(unit: .milliseconds, isUTC: true)
    case 10: return .timestamp(unit: .microseconds, isUTC: true)
    case .some(let number) where (11...14).contains(number):
      return .unsigned(bits: 8 << (number - 11))
    case 20: return .unsupported("BSON")
    case 21: return .unsupported("INTERVAL")
    default: return .plain
    }
  }

  // MARK: Elements

  private static func element(_ reader: inout ThriftReader) throws(ParseFailure) -> Element {
    var element = Element()
    var last: ThriftReader.Field?
    while let field = try reader.field(after: last) {
      last = field
      switch field.id {
      case 1: element.type = try reader.whole(field)
      case 2: element.length = try reader.whole(field)
      case 3: element.repetition = try reader.whole(field)
      case 4: element.name = try reader.text(field)
      case 5: element.children = try reader.count(field)
      case 6: element.converted = try reader.whole(field)
      case 7: element.scale = try reader.whole(field)
      case 10: element.meaning = try logicalType(field, &reader)
      default: try reader.skip(field)
      }
    }
    return element
  }

  /// A union: a record of one field, whose number is the kind.
  private static func logicalType(
    _ field: ThriftReader.Field, _ reader: inout ThriftReader
  ) throws(ParseFailure) -> ParquetMeaning? {
    try reader.record(field)
    var meaning: ParquetMeaning?
    var last: ThriftReader.Field?
    while let field = try reader.field(after: last) {
      last = field
      switch field.id {
      case 1, 4, 12: meaning = .text
      case 6: meaning = .date
      case 14: meaning = .uuid
      case 15: meaning = .float16
      case 13: meaning = .unsupported("BSON")
      case 16: meaning = .unsupported("VARIANT")
      case 17: meaning = .unsupported("GEOMETRY")
      case 18: meaning = .unsupported("GEOGRAPHY")
      case 5, 7, 8, 10:
        meaning = try parameters(field, &reader)
        continue
      default: break
      }
      try reader.skip(field)
    }
    return meaning
  }

  private static func parameters(
    _ kind: ThriftReader.Field, _ reader: inout ThriftReader
  ) throws(ParseFailure) -> ParquetMeaning? {
    try reader.record(kind)
    var (scale, bits) = (0, 64)
    var isFlagged = false
    var unit = ParquetMeaning.TimeUnit.microseconds
    var last: ThriftReader.Field?
    while let field = try reader.field(after: last) {
      last = field
      switch (kind.id, field.id) {
      case (5, 1): scale = try reader.whole(field)
      case (10, 1): bits = try reader.whole(field)
      case (10, 2), (7, 1), (8, 1): isFlagged = try reader.truth(field)
      case (7, 2), (8, 2): unit = try timeUnit(field, &reader) ?? unit
      default: try reader.skip(field)
      }
    }
    switch kind.id {
    case 5: return .decimal(scale: scale)
    case 7: return .time(unit: unit)
    case 8: return .timestamp(unit: unit, isUTC: isFlagged)
    default: return isFlagged ? .plain : .unsigned(bits: bits)
    }
  }

  private static func timeUnit(
    _ field: ThriftReader.Field, _ reader: inout ThriftReader
  ) throws(ParseFailure) -> ParquetMeaning.TimeUnit? {
    try reader.record(field)
    var unit: ParquetMeaning.TimeUnit?
    var last: ThriftReader.Field?
    while let field = try reader.field(after: last) {
      last = field
      unit = [1: .milliseconds, 2: .microseconds, 3: .nanoseconds][field.id] ?? unit
      try reader.skip(field)
    }
    return unit
  }
}

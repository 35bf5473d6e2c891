import Platform

extension TOMLTable {
  /// Reads a document.
  ///
  /// - Throws: ``ParseFailure`` with line and column.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    var parser = TOMLParser(bytes)
    self = try parser.document()
  }
}

/// A recursive descent over the bytes. What a later line may still add to is kept beside the values.
struct TOMLParser {
  /// How a table came to be, which decides what may be added to it.
  private enum Origin {
    /// By a longer header: `[a]` of `[a.b]`.
    case implied
    case header
    /// By a dotted key.
    case dotted
    /// In braces, or in brackets as a value: nothing is added.
    case closed
  }

  /// What a key stands for: a value, a table, or tables.
  private struct Value {
    var key: String
    var value: TOMLValue?
    var node: Node?
    var list: [Node]?
    var mark: Mark
  }

  private typealias Mark = (line: Int, column: Int)

  private final class Node {
    var values: [Value] = []
    var places: [String: Int] = [:]
    var origin: Origin

    init(_ origin: Origin) { self.origin = origin }

    func table() -> TOMLTable {
      var table = TOMLTable()
      for entry in values {
        let value =
          entry.value ?? entry.node.map { .table($0.table()) }
          ?? .array((entry.list ?? []).map { .table($0.table()) })
        table.set(entry.key, value, line: entry.mark.line, column: entry.mark.column)
      }
      return table
    }
  }

  var scanner: TOMLScanner
  private static let deepest = 200

  init(_ bytes: [UInt8]) { scanner = TOMLScanner(bytes) }

  mutating func document() throws(ParseFailure) -> TOMLTable {
    try scanner.checkText()
    let root = Node(.header)
    var current = root
    while true {
      try scanner.skipLines()
      guard let byte = scanner.current else { break }
      if byte == UInt8(ascii: "[") {
        current = try header(root)
      } else {
        try pair(in: current, depth: 0)
      }
      try scanner.endOfLine()
    }
    return root.table()
  }

  private mutating func header(_ root: Node) throws(ParseFailure) -> Node {
    scanner.advance()
    let isList = scanner.take(UInt8(ascii: "["))
    scanner.skipSpace()
    let mark = scanner.mark
    let keys = try scanner.keys()
    guard scanner.take(UInt8(ascii: "]")), !isList || scanner.take(UInt8(ascii: "]")) else {
      throw scanner.failure("a header does not end with `\(isList ? "]]" : "]")`")
    }
    var node = root
    for key in keys.dropLast() {
      guard let place = node.places[key] else {
        node = add(key, Node(.implied), to: node, mark)
        continue
      }
      if let last = node.values[place].list?.last {
        node = last
      } else if let next = node.values[place].node, next.origin != .closed {
        node = next
      } else {
        throw scanner.failure("`\(key)` is no table that can be added to")
      }
    }
    guard let key = keys.last else { throw scanner.failure("a header has no name") }
    if isList {
      let table = Node(.header)
      guard let place = node.places[key] else {
        node.places[key] = node.values.count
        node.values.append(Value(key: key, list: [table], mark: mark))
        return table
      }
      guard node.values[place].list != nil else {
        throw scanner.failure("`\(key)` is no list of tables")
      }
      node.values[place].list?.append(table)
      return table
    }
    guard let place = node.places[key] else { return add(key, Node(.header), to: node, mark) }
    guard let known = node.values[place].node, known.origin == .implied else {
      throw twice(key, mark)
    }
    known.origin = .header
    return known
  }

  private func twice(_ key: String, _ mark: Mark) -> ParseFailure {
    ParseFailure("`\(key)` is there twice", line: mark.line, column: mark.column)
  }

  private func add(_ key: String, _ new: Node, to node: Node, _ mark: Mark) -> Node {
    node.places[key] = node.values.count
    node.values.append(Value(key: key, node: new, mark: mark))
    return new
  }

  private mutating func pair(in table: Node, depth: Int) throws(ParseFailure) {
    let mark = scanner.mark
    let keys = try scanner.keys()
    guard scanner.take(UInt8(ascii: "=")) else { throw scanner.failure("`=` is missing") }
    scanner.skipSpace()
    var node = table
    for key in keys.dropLast() {
      guard let place = node.places[key] else {
        node = add(key, Node(.dotted), to: node, mark)
        continue
      }
      guard let next = node.values[place].node, next.origin == .dotted || next.origin == .implied
      else { throw scanner.failure("`\(key)` cannot be added to") }
      if next.origin == .implied { next.origin = .dotted }
      node = next
    }
    guard let key = keys.last else { throw scanner.failure("a name is missing") }
    guard node.places[key] == nil else { throw twice(key, mark) }
    let value = try value(depth)
    node.places[key] = node.values.count
    node.values.append(Value(key: key, value: value, mark: mark))
  }

  private mutating func value(_ depth: Int) throws(ParseFailure) -> TOMLValue {
    guard depth < Self.deepest else {
      throw scanner.failure("it is nested more than \(Self.deepest) deep")
    }
    switch scanner.current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try scanner.string())
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "{"): return try inlineTable(depth)
    default: return try scanner.plain()
    }
  }

  private mutating func array(_ depth: Int) throws(ParseFailure) -> TOMLValue {
    scanner.advance()
    var items: [TOMLValue] = []
    while true {
      try scanner.skipLines()
      if scanner.take(UInt8(ascii: "]")) { return .array(items) }
      items.append(try value(depth + 1))
      try scanner.skipLines()
      if scanner.take(UInt8(ascii: "]")) { return .array(items) }
      guard scanner.take(UInt8(ascii: ",")) else { throw scanner.failure("`,` or `]` is missing") }
    }
  }

  private mutating func inlineTable(_ depth: Int) throws(ParseFailure) -> TOMLValue {
    scanner.advance()
    let node = Node(.header)
    scanner.skipSpace()
    if scanner.take(UInt8(ascii: "}")) { return .table(TOMLTable()) }
    while true {
      scanner.skipSpace()
      try pair(in: node, depth: depth + 1)
      scanner.skipSpace()
      if scanner.take(UInt8(ascii: "}")) { return .table(node.table()) }
      guard scanner.take(UInt8(ascii: ",")) else { throw scanner.failure("`,` or `}` is missing") }
    }
  }
}

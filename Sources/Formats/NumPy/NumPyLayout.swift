import Platform

/// Where every value of a file of `numpy.save` lies, of any type but Python's objects: records with names too.
///
/// ``NumPyArray`` makes columns of numbers; this one is for those who look at values one by one.
package struct NumPyLayout: Sendable {
  package struct Field: Sendable, Hashable {
    /// Names from the record down, `position.x`; empty for arrays without records.
    package var name: String
    package var item: NumPyItem
    /// From the record's first byte.
    package var offset: Int
    /// How many values lie there one behind the other.
    package var count: Int
  }

  /// Rows first. Empty for a single value.
  package let shape: [Int]
  package let isFortranOrder: Bool
  /// One without a name, or those of the record.
  package let fields: [Field]
  /// Bytes of a value or a record.
  package let size: Int
  /// How many values or records there are.
  package let count: Int
  /// The byte of the file where the first begins; all of them lie in the file.
  package let start: Int

  /// - Throws: ``ParseFailure`` for what is no such file, is cut off, or holds objects.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 12,
      (1...3).contains(bytes[6])
    else { throw ParseFailure("this is no file of numpy.save") }
    let begin = bytes[6] == 1 ? 10 : 12
    let length = (8..<begin).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= bytes.count - begin, length < 1 << 20 else {
      throw ParseFailure("the header is longer than the file")
    }
    start = begin + length
    let header = try PythonLiteral(parsing: bytes[begin..<start])
    guard let type = header["descr"], let order = header["fortran_order"]?.bool,
      let sizes = header["shape"]?.items, sizes.count <= 64
    else { throw ParseFailure("the header does not name a type, an order and a shape") }
    isFortranOrder = order
    var shape: [Int] = []
    for size in sizes {
      guard let size = size.int else { throw ParseFailure("the header's shape has no sizes") }
      shape.append(size)
    }
    self.shape = shape
    var record = NumPyRecord()
    try record.add(type, named: "", count: 1, depth: 0)
    fields = record.fields
    size = record.size
    guard let count = NumPyArray.count(of: shape),
      size == 0 || count <= (bytes.count - start) / size
    else { throw ParseFailure("the file is cut off: it has less than its header says") }
    self.count = size == 0 ? 0 : count
  }

  /// The place of each value along the dimensions, for one at a place in the order of the last dimension.
  package func index(of place: Int) -> [Int] {
    var index = Array(repeating: 0, count: shape.count)
    var rest = place
    for dimension in shape.indices.reversed() where shape[dimension] > 0 {
      index[dimension] = rest % shape[dimension]
      rest /= shape[dimension]
    }
    return index
  }

  /// The byte where a value begins, by its place in the order of the last dimension, below ``count``.
  package func offset(of place: Int) -> Int {
    guard isFortranOrder, shape.count > 1 else { return start + place * size }
    var (step, position) = (1, 0)
    for (at, width) in zip(index(of: place), shape) {
      position += at * step
      step *= width
    }
    return start + position * size
  }
}

/// Adds up the fields of a record, as they lie one behind the other.
private struct NumPyRecord {
  var fields: [NumPyLayout.Field] = []
  var size = 0

  mutating func add(
    _ type: PythonLiteral, named name: String, count: Int, depth: Int
  ) throws(ParseFailure) {
    guard depth < 16, fields.count < 1 << 16 else {
      throw ParseFailure("the header's type is too large")
    }
    if let text = type.string {
      guard let item = NumPyItem(text) else {
        throw ParseFailure("values of the type `\(text)` are not read")
      }
      let (bytes, isOver) = item.size.multipliedReportingOverflow(by: count)
      guard !isOver, bytes < 1 << 40 else { throw ParseFailure("the header's type is too large") }
      fields.append(.init(name: name, item: item, offset: size, count: count))
      size += bytes
      return
    }
    // A shape stands behind the type of records in records.
    if case .tuple(let parts) = type, parts.count == 2, let shape = parts[1].items {
      return try add(parts[0], named: name, count: product(shape, count), depth: depth + 1)
    }
    guard let parts = type.items, !parts.isEmpty else {
      throw ParseFailure("the header's type is not known")
    }
    for repetition in 0..<count {
      for part in parts {
        guard let part = part.items, part.count >= 2,
          // A field may have a title before its name.
          let own = part[0].string ?? part[0].items?.last?.string
        else { throw ParseFailure("the header's fields are not known") }
        let path = name.isEmpty ? own : "\(name).\(own)"
        let times = part.count > 2 ? try product(part[2].items ?? [part[2]], 1) : 1
        try add(
          part[1], named: count > 1 ? "\(path)[\(repetition)]" : path, count: times,
          depth: depth + 1)
      }
    }
  }

  private func product(_ shape: [PythonLiteral], _ count: Int) throws(ParseFailure) -> Int {
    guard let product = NumPyArray.count(of: [count] + shape.map { $0.int ?? -1 }),
      product < 1 << 24
    else { throw ParseFailure("the header's type is too large") }
    return product
  }
}

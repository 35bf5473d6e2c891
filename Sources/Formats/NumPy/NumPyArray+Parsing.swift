import Platform

extension NumPyArray {
  /// Reads a file of `numpy.save`: numbers and truth values of any width and byte order.
  ///
  /// - Throws: ``ParseFailure`` for anything else, Python objects and text among it.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    let (header, start) = try NumPyHeader.numpy(bytes, size: bytes.count)
    try self.init(header, bytes, from: start)
  }

  /// Reads a file of MNIST's format: a type, the sizes, and the numbers, all big-endian.
  package init(parsingIDX bytes: [UInt8]) throws(ParseFailure) {
    let (header, start) = try NumPyHeader.idx(bytes)
    try self.init(header, bytes, from: start)
  }
}

extension NumPyHeader {
  /// Bytes of a file that hold every header.
  static let longest = 12 + (1 << 20)

  /// The header of a file of `numpy.save`, and where its numbers begin.
  ///
  /// - Parameters:
  ///   - head: ``longest`` bytes of the file, or all.
  ///   - size: bytes of the file.
  static func numpy(
    _ head: [UInt8], size: Int
  ) throws(ParseFailure) -> (header: NumPyHeader, start: Int) {
    guard head.starts(with: [0x93] + Array("NUMPY".utf8)), head.count >= 10 else {
      throw ParseFailure("this is no file of numpy.save")
    }
    let major = head[6]
    guard (1...3).contains(major) else {
      throw ParseFailure("version \(major) of NumPy's format is not known")
    }
    let start = major == 1 ? 10 : 12
    guard head.count >= start else { throw ParseFailure("the file is cut off") }
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(head[$1]) }
    guard length <= size - start, length < 1 << 20, length <= head.count - start else {
      throw ParseFailure("the header is longer than the file")
    }
    let text = String(decoding: head[start..<start + length], as: UTF8.self)
    return (try NumPyHeader(text), start + length)
  }

  /// The header of a file of MNIST's format.
  static func idx(_ head: [UInt8]) throws(ParseFailure) -> (header: NumPyHeader, start: Int) {
    guard head.count >= 4, head[0] == 0, head[1] == 0,
      let type = [0x08: "|u1", 0x09: "|i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"][
        Int(head[2])]
    else { throw ParseFailure("this is no idx file") }
    let dimensions = Int(head[3])
    let start = 4 + 4 * dimensions
    guard head.count >= start else { throw ParseFailure("the file is cut off") }
    let shape = (0..<dimensions).map { index in
      (0..<4).reduce(0) { $0 << 8 | Int(head[4 + 4 * index + $1]) }
    }
    return (NumPyHeader(type: type, isFortranOrder: false, shape: shape), start)
  }
}

import Platform

extension NumPyArray {
  /// Reads a file of `numpy.save`: numbers and truth values of any width and byte order.
  ///
  /// - Throws: ``ParseFailure`` for anything else, Python objects and text among it.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 10 else {
      throw ParseFailure("this is no file of numpy.save")
    }
    let major = bytes[6]
    guard (1...3).contains(major) else {
      throw ParseFailure("version \(major) of NumPy's format is not known")
    }
    let start = major == 1 ? 10 : 12
    guard bytes.count >= start else { throw ParseFailure("the file is cut off") }
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= bytes.count - start, length < 1 << 20 else {
      throw ParseFailure("the header is longer than the file")
    }
    let header = try NumPyHeader(String(decoding: bytes[start..<start + length], as: UTF8.self))
    try self.init(header, bytes, from: start + length)
  }

  /// Reads a file of MNIST's format: a type, the sizes, and the numbers, all big-endian.
  package init(parsingIDX bytes: [UInt8]) throws(ParseFailure) {
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0,
      let type = [0x08: "|u1", 0x09: "|i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"][
        Int(bytes[2])]
    else { throw ParseFailure("this is no idx file") }
    let dimensions = Int(bytes[3])
    let start = 4 + 4 * dimensions
    guard bytes.count >= start else { throw ParseFailure("the file is cut off") }
    let shape = (0..<dimensions).map { index in
      (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 + 4 * index + $1]) }
    }
    try self.init(
      NumPyHeader(type: type, isFortranOrder: false, shape: shape), bytes, from: start)
  }
}

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
    try self.init(header, ArraySlice(bytes[(start + length)...]))
    if header.isFortranOrder { transposeFromFortranOrder() }
  }

  private init(_ header: NumPyHeader, _ data: ArraySlice<UInt8>) throws(ParseFailure) {
    guard let element = Element(header.type) else {
      throw ParseFailure(
        "numbers of the type `\(header.type)` are not read",
        hint: "save the array with `.astype('float64')`")
    }
    guard let count = Self.count(of: header.shape), count <= data.count / element.size else {
      throw ParseFailure("the file is cut off: its numbers are fewer than its header says")
    }
    let values = data.withUnsafeBytes { bytes in (0..<count).map { element.value(bytes, $0) } }
    self.init(shape: header.shape, kind: element.kind, values: values)
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
      NumPyHeader(type: type, isFortranOrder: false, shape: shape), ArraySlice(bytes[start...]))
  }

  /// One number in the bytes.
  private struct Element {
    var letter: Character
    var size: Int
    var isBig: Bool

    init?(_ type: String) {
      guard let order = type.first, "<>|=".contains(order), let letter = type.dropFirst().first,
        let size = Int(type.dropFirst(2)),
        ["b": [1], "i": [1, 2, 4, 8], "u": [1, 2, 4, 8], "f": [2, 4, 8]][letter]?.contains(size)
          ?? false
      else { return nil }
      self.letter = letter
      self.size = size
      isBig = order == ">"
    }

    var kind: Kind { letter == "b" ? .bool : letter == "f" ? .float : .int }

    func value(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Double {
      var bits: UInt64 = 0
      let start = index * size
      for place in 0..<size {
        bits = bits << 8 | UInt64(bytes[isBig ? start + place : start + size - 1 - place])
      }
      switch (letter, size) {
      case ("f", 8): return Double(bitPattern: bits)
      case ("f", 4): return Double(Float(bitPattern: UInt32(bits)))
      case ("f", _): return HalfPrecision.double(UInt16(bits))
      case ("i", _):
        let unused = UInt64(64 - 8 * size)
        return Double(Int64(bitPattern: bits << unused) >> Int64(unused))
      case ("b", _): return bits == 0 ? 0 : 1
      default: return Double(bits)
      }
    }
  }
}

/// How one number lies in an array's bytes: `<f8`, `|u1`, `>i2`, as NumPy names it.
struct NumPyElement: Sendable {
  private var letter: Character
  /// In bytes.
  let size: Int
  private var isBig: Bool

  /// - Returns: nil for what is no number or truth value.
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

  /// A byte from 0 to 255.
  var isByte: Bool { letter == "u" && size == 1 }

  var kind: NumPyArray.Kind { letter == "b" ? .bool : letter == "f" ? .float : .int }

  /// Whether its numbers are whole and may be larger than a double can tell apart.
  var isOf64Bits: Bool { size == 8 && letter != "f" }
  var isUnsigned: Bool { letter == "u" }

  /// The bits of a number.
  func bits(_ bytes: [UInt8], at start: Int) -> UInt64 {
    bytes.withUnsafeBytes { bits($0, start) }
  }

  /// Writes numbers that lie at equal distances, both in bytes; all must lie in the bytes.
  func write(
    _ bytes: [UInt8], from start: Int, step: Int, count: Int,
    to target: UnsafeMutablePointer<Double>
  ) {
    bytes.withUnsafeBytes { bytes in
      func fill(_ value: (Int) -> Double) {
        for row in 0..<count { target[row] = value(start + row * step) }
      }
      switch (letter, size, isBig) {
      case ("f", 8, false):
        fill {
          Double(
            bitPattern: UInt64(
              littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
        }
      case ("f", 4, false):
        fill {
          Double(
            Float(
              bitPattern: UInt32(
                littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))))
        }
      case ("u", 1, _): fill { Double(bytes[$0]) }
      default: fill { value(bytes, $0) }
      }
    }
  }

  private func bits(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt64 {
    var bits: UInt64 = 0
    for place in 0..<size {
      bits = bits << 8 | UInt64(bytes[isBig ? start + place : start + size - 1 - place])
    }
    return bits
  }

  private func value(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Double {
    let bits = bits(bytes, start)
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

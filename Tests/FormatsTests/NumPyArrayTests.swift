import Formats
import Platform
import Support
import Testing

@Suite("Arrays of NumPy's") struct NumPyArrayTests {
  private func file(_ header: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let text = Array(header.utf8)
    let length =
      version == 1
      ? [UInt8(text.count & 255), UInt8(text.count >> 8)]
      : [UInt8(text.count & 255), UInt8(text.count >> 8), 0, 0]
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + data
  }

  @Test("are read in both orders and widths") func orders() throws {
    let c = try NumPyArray(
      parsing: file(
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }", [1, 2, 3, 4, 5, 6]))
    #expect(c.shape == [2, 3] && c.kind == .int && c.values == [1, 2, 3, 4, 5, 6])
    #expect(c.columns == [[1, 4], [2, 5], [3, 6]])
    let fortran = try NumPyArray(
      parsing: file(
        "{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }", [1, 4, 2, 5, 3, 255],
        version: 2))
    #expect(fortran.values == [1, 2, 3, 4, 5, -1])
    let half = try NumPyArray(
      parsing: file(
        "{'descr': '<f2', 'fortran_order': False, 'shape': (5,), }",
        [0, 0x3C, 0, 0xC0, 1, 0, 0, 0x7C, 0xFF, 0x7B], version: 3))
    #expect(half.values == [1, -2, 0x1p-24, .infinity, 65504] && half.kind == .float)
    let big = try NumPyArray(
      parsing: file("{'descr': '>i2', 'fortran_order': False, 'shape': (), }", [0xFF, 0xFE]))
    #expect(big.shape == [] && big.kind == .int && big.values == [-2])
    // Three dimensions, the first one fastest: element (i, j, k) is i + 10 j + 100 k.
    let deep = try NumPyArray(
      parsing: file(
        "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }",
        [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]))
    #expect(deep.values == [0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121])
    let none = try NumPyArray(
      parsing: file(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 1099511627776), }", []))
    #expect(none.shape == [0, 1 << 40] && none.values == [])
  }

  @Test("of other things, or less than they promise, are a failure") func failures() {
    let shapes = [
      "(9223372036854775807, 3)", "(4294967296, 4294967296)", "(-1,)", "(3,)", "(2, x)", "2",
    ]
    for shape in shapes {
      let bytes = file("{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }", [0, 0, 0])
      #expect(throws: ParseFailure.self) { try NumPyArray(parsing: bytes) }
    }
    for type in ["'|O'", "'<U4'", "'<c16'", "[('a', '<f8')]", "'<f3'", "''"] {
      let bytes = file("{'descr': \(type), 'fortran_order': False, 'shape': (0,), }", [])
      #expect(throws: ParseFailure.self) { try NumPyArray(parsing: bytes) }
    }
    #expect(throws: ParseFailure.self) { try NumPyArray(parsing: [0x93, 0x4E]) }
    #expect(throws: ParseFailure.self) { try NumPyArray(parsingIDX: [0, 0, 8, 3, 0, 0, 0, 1]) }
    #expect(throws: ParseFailure.self) { try NumPyArray(parsingIDX: [0, 0, 7, 0]) }
  }

  @Test("damaged ones never end the program", arguments: 0..<10) func hostile(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let good = file(
      "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", Array(repeating: 7, count: 16))
    for _ in 0..<500 {
      var bytes = good
      for _ in 0..<(1 + random.next() % 4) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      _ = try? NumPyArray(parsing: bytes)
      bytes[0] = 0
      bytes[1] = 0
      _ = try? NumPyArray(parsingIDX: bytes)
    }
  }
}

import Formats
import Platform
import Testing

@Suite("Universal Binary JSON") struct UBJSONTests {
  @Test("values are read as they were written")
  func roundTrip() throws {
    let value = UBJSONValue.object([
      .init("none", .null), .init("truth", .array([.bool(true), .bool(false)])),
      .init("whole", .array([.int(-3), .int(200), .int(70000), .int(1 << 40)])),
      .init("real", .array([.double(0.5), .double(0.1)])), .init("text", .string("é\n")),
      .init("bytes", .bytes([0, 255])), .init("32", .int32s([.min, -1, .max])),
      .init("64", .int64s([.min, .max])), .init("floats", .floats([1.5, -0])),
      .init("doubles", .doubles([0.1])), .init("", .object([])), .init("empty", .floats([])),
    ])
    #expect(try UBJSONValue(parsing: value.encoded) == value)
  }

  @Test("the bytes are those of the format") func bytes() throws {
    let value = UBJSONValue.object([.init("a", .floats([1])), .init("b", .array([.int(2)]))])
    let expected: [UInt8] =
      Array("{L".utf8) + [0, 0, 0, 0, 0, 0, 0, 1] + Array("a[$d#L".utf8) + [0, 0, 0, 0, 0, 0, 0, 1]
      + [0x3F, 0x80, 0, 0] + Array("L".utf8) + [0, 0, 0, 0, 0, 0, 0, 1] + Array("b[#L".utf8)
      + [0, 0, 0, 0, 0, 0, 0, 1] + Array("i".utf8) + [2] + Array("}".utf8)
    #expect(value.encoded == expected)
  }

  @Test("arrays and objects may have an end instead of a length") func unsized() throws {
    let bytes = Array("{i".utf8) + [1] + Array("a[NTi".utf8) + [7] + Array("]}".utf8)
    #expect(
      try UBJSONValue(parsing: bytes)
        == .object([.init("a", .array([.bool(true), .int(7)]))]))
  }

  @Test(
    "promises that the bytes do not keep are refused",
    arguments: [
      Array("[$d#L".utf8) + [0x7F, 255, 255, 255, 255, 255, 255, 255],
      Array("[$L#l".utf8) + [0x7F, 255, 255, 255], Array("[#L".utf8) + [0x7F, 0, 0, 0, 0, 0, 0, 0],
      Array("SL".utf8) + [0, 0, 0, 1, 0, 0, 0, 0], Array("Si".utf8) + [0xFF],
      Array("[$Z#l".utf8) + [0x7F, 255, 255, 255], Array("[$".utf8), Array("[#".utf8), [],
      Array(repeating: UInt8(ascii: "["), count: 100_000), Array("TT".utf8),
      Array("Si".utf8) + [1, 200],
    ])
  func promises(bytes: [UInt8]) {
    #expect(throws: ParseFailure.self) { try UBJSONValue(parsing: bytes) }
  }

  @Test("JSON has floats with their fewest digits") func json() {
    #expect(
      UBJSONValue.floats([0.1, 7298, 1e-45, 16_777_216]).json.text()
        == "[0.1,7298.0,1e-45,16777216.0]")
  }
}

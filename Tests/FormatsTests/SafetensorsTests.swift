import Formats
import Platform
import Support
import Testing

@Suite("Safetensors files") struct SafetensorsTests {
  private static let sample = SafetensorsFile(
    [
      SafetensorsTensor("0.weight", shape: [2, 3], floats: [1, 2, 3, 4, 5, -0.5]),
      SafetensorsTensor("0.bias", shape: [2], floats: [.nan, .infinity]),
      SafetensorsTensor("1.num_batches_tracked", shape: [], ints: [7]),
      SafetensorsTensor("empty", shape: [0, 4], floats: []),
    ], metadata: [.init("format", "pt"), .init("ü", "a \"b\"")])

  /// A file of a header and some zeros.
  private static func file(_ header: String, zeros: Int = 0) -> [UInt8] {
    let text = Array(header.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) }
    return length + text + [UInt8](repeating: 0, count: zeros)
  }

  @Test("a file is written and read, the same bytes for the same tensors") func roundTrip() throws {
    let bytes = Self.sample.encoded
    #expect(bytes == Self.sample.encoded)
    #expect(bytes[0].isMultiple(of: 8))
    let read = try SafetensorsFile(parsing: bytes)
    #expect(read == Self.sample)
    #expect(read.encoded == bytes)
    #expect(read["0.weight"]?.floats == [1, 2, 3, 4, 5, -0.5])
    #expect(read["0.bias"]?.floats?.map(\.bitPattern) == [Float.nan, .infinity].map(\.bitPattern))
    #expect(read["1.num_batches_tracked"]?.ints == [7])
    #expect(read["1.num_batches_tracked"]?.floats == nil)
    #expect(read["empty"]?.count == 0)
    #expect(read.metadata("ü") == "a \"b\"")
    #expect(read["none"] == nil)
  }

  @Test("the smallest files") func smallest() throws {
    #expect(SafetensorsFile([]).encoded == [8, 0, 0, 0, 0, 0, 0, 0] + Array("{}      ".utf8))
    #expect(try SafetensorsFile(parsing: Self.file("{}")).tensors.isEmpty)
  }

  @Test("tensors come in the order of their bytes, whatever the order of their names is")
  func order() throws {
    let file = try SafetensorsFile(
      parsing: Self.file(
        #"{"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]},"a":{"data_offsets":[0,2],"shape":[1,1],"dtype":"I16","more":1}}"#,
        zeros: 3))
    #expect(file.tensors.map(\.name) == ["a", "b"])
  }

  /// Each type with the bytes of one element and its value.
  private static let elements: [(SafetensorsType, [UInt8], Float?, Int64?)] = [
    (.half, [0x00, 0x3C], 1, nil), (.half, [0x01, 0x80], -0x1p-24, nil),
    (.half, [0xFF, 0x7B], 65504, nil), (.half, [0x00, 0xFC], -.infinity, nil),
    (.half, [0xFF, 0x03], 1023 * 0x1p-24, nil), (.brain, [0x80, 0x3F], 1, nil),
    (.brain, [0x49, 0xC0], -3.140625, nil), (.double, [0, 0, 0, 0, 0, 0, 0x04, 0xC0], -2.5, nil),
    (.float, [0, 0, 0x20, 0x40], 2.5, nil), (.int8, [0xFE], nil, -2), (.uint8, [0xFE], nil, 254),
    (.bool, [1], nil, 1), (.int16, [0xFE, 0xFF], nil, -2), (.uint16, [0xFE, 0xFF], nil, 65534),
    (.int32, [0xFE, 0xFF, 0xFF, 0xFF], nil, -2),
    (.uint32, [0xFE, 0xFF, 0xFF, 0xFF], nil, 4_294_967_294),
    (.int64, [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], nil, -2),
    (.uint64, [0xFE, 0, 0, 0, 0, 0, 0, 0], nil, 254),
    (.uint64, [0, 0, 0, 0, 0, 0, 0, 0x80], nil, nil), (.float8e4, [1], nil, nil),
    (.float8e5, [1], nil, nil),
  ]

  @Test("elements of every type", arguments: 0..<elements.count) func types(place: Int) throws {
    let (type, bytes, float, int) = Self.elements[place]
    let header =
      #"{"x":{"dtype":"\#(type.rawValue)","shape":[1],"data_offsets":[0,\#(bytes.count)]}}"#
    let tensor = try #require(SafetensorsFile(parsing: Self.file(header) + bytes).tensors.first)
    #expect(tensor.floats == float.map { [$0] })
    #expect(tensor.ints == int.map { [$0] })
  }

  @Test(
    "hostile headers are refused with the byte",
    arguments: [
      (#"[]"#, 0, "its header does not begin with `{`", 8),
      (#"{"a":1"#, 0, "its header: expected `,` or `}`", 8),
      (#"{"a":{"shape":[],"data_offsets":[0,4]}}"#, 4, "the tensor `a` has no `dtype`", 8),
      (
        #"{"a":{"dtype":"F128","shape":[],"data_offsets":[0,4]}}"#, 4,
        "the tensor `a` is of an unknown type, `F128`", 8
      ),
      (
        #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4,
        "the tensor `a` has no shape of whole numbers", 8
      ),
      (
        #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, 4,
        "the tensor `a` has no shape of whole numbers", 8
      ),
      (
        #"{"a":{"dtype":"F32","shape":[],"data_offsets":[0]}}"#, 4,
        "the tensor `a` has no `data_offsets` of two whole numbers", 8
      ),
      (
        #"{"a":{"dtype":"F32","shape":[],"data_offsets":[4,0]}}"#, 4,
        "the tensor `a` is said to be at 4 to 0 of 4 bytes", 8
      ),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4,
        "the tensor `a` is said to be at 0 to 8 of 4 bytes", 8
      ),
      (
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,9223372036854775807]}}"#, 4,
        "the tensor `a` is said to be at 0 to 9223372036854775807 of 4 bytes", 8
      ),
      (
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, 4,
        "the tensor `a` has the shape [4611686018427387904, 4], which fits no memory", 8
      ),
      (
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}}"#, 4,
        "the tensor `a` of shape [3] has 4 bytes, and needs 12", 8
      ),
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 6,
        "nothing says what its last 2 bytes are", 66
      ),
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#, 6,
        "nothing says what the 2 bytes before the tensor `a` are", 62
      ),
      (
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[3],"data_offsets":[3,6]}}"#,
        6, "the tensor `b` begins inside of another one", 116
      ),
      (
        #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
        2, "two tensors are named `a`", 8
      ),
      (#"{"__metadata__":{"a":1}}"#, 0, "`a` of `__metadata__` is no text", 8),
      (#"{"__metadata__":[]}"#, 0, "`__metadata__` of its header is no object", 8),
      (#"{"__metadata__":{"a":"","a":""}}"#, 0, "`__metadata__` names `a` twice", 8),
    ])
  func hostile(header: String, zeros: Int, message: String, offset: Int) {
    var expected = ParseFailure(message)
    expected.offset = offset
    #expect(throws: expected) {
      try SafetensorsFile(parsing: Self.file(header, zeros: zeros))
    }
  }

  @Test("headers that are longer than the file, or than any, are refused") func lengths() {
    var expected = ParseFailure("its header would have 100000001 bytes")
    expected.offset = 0
    #expect(throws: expected) {
      try SafetensorsFile(parsing: [0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0] + Array("{}".utf8))
    }
    expected = ParseFailure("its header has 9 bytes, and the file ends behind 2 of them")
    expected.offset = 10
    #expect(throws: expected) {
      try SafetensorsFile(parsing: [9, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8))
    }
    expected = ParseFailure("3 bytes are no safetensors file")
    expected.offset = 3
    #expect(throws: expected) { try SafetensorsFile(parsing: [1, 2, 3]) }
  }

  @Test("a file that is cut off is refused, one that is changed anywhere is read or refused")
  func broken() throws {
    let bytes = Self.sample.encoded
    for end in 0..<bytes.count {
      #expect(throws: ParseFailure.self) { try SafetensorsFile(parsing: Array(bytes[..<end])) }
    }
    var random = SeededRandom(seed: 5)
    var read = 0
    for _ in 0..<2000 {
      var changed = bytes
      for _ in 0...random.pick([0, 1, 2]) {
        let place = Int(random.next() % UInt64(changed.count))
        switch random.pick([0, 1, 2]) {
        case 0: changed[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: changed.remove(at: place)
        default: changed[place] ^= 1 << UInt8(random.next() % 8)
        }
      }
      // Nothing but a ParseFailure can be thrown.
      guard let file = try? SafetensorsFile(parsing: changed) else { continue }
      for tensor in file.tensors {
        #expect(tensor.shape.reduce(1, *) == tensor.count)
        _ = (tensor.floats, tensor.ints)
      }
      #expect(try SafetensorsFile(parsing: file.encoded) == file)
      read += 1
    }
    #expect(read > 100, "changes of numbers leave a file that can be read")
  }
}

import Formats

extension FuzzTarget {
  /// What is read is written and read again, and is the same.
  static let safetensors = FuzzTarget(
    name: "safetensors", seeds: [],
    words: [
      "__metadata__", "\"dtype\":", "\"shape\":", "\"data_offsets\":", "F32", "F16", "BF16", "F64",
      "I64", "U8", "BOOL", "[0,4]", "9223372036854775807",
    ], binarySeeds: { samples }
  ) { bytes in
    guard let file = try? SafetensorsFile(parsing: bytes) else { return }
    for tensor in file.tensors {
      let numbers = tensor.floats?.count ?? tensor.ints?.count ?? tensor.count
      require(numbers == tensor.count, "a tensor has more or fewer numbers than it says")
    }
    let again = try SafetensorsFile(parsing: file.encoded)
    require(again == file, "a file is read again as another one")
  }

  private static var samples: [[UInt8]] {
    let weight = SafetensorsTensor("0.weight", shape: [2, 2], floats: [1, 2, 3, 4])
    let count = SafetensorsTensor("1.num_batches_tracked", shape: [], ints: [3])
    return [
      SafetensorsFile([]).encoded, SafetensorsFile([weight]).encoded,
      SafetensorsFile([weight, count], metadata: [.init("format", "pt")]).encoded,
    ]
  }
}

/// Tensors by their names, as https://github.com/huggingface/safetensors has them: eight bytes that say how long the header is, the
/// header, which is JSON, and the tensors one behind the other.
package struct SafetensorsFile: Sendable, Hashable {
  /// Texts about the file, in its order; PyTorch wants `format` to be `pt`.
  package var metadata: [Entry]
  /// In the order of their bytes.
  package var tensors: [SafetensorsTensor]

  package struct Entry: Sendable, Hashable {
    package var key: String
    package var value: String

    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  package init(_ tensors: [SafetensorsTensor], metadata: [Entry] = []) {
    self.tensors = tensors
    self.metadata = metadata
  }

  package subscript(name: String) -> SafetensorsTensor? { tensors.first { $0.name == name } }
  package func metadata(_ key: String) -> String? { metadata.first { $0.key == key }?.value }

  /// The name that no tensor can have.
  static let metadataKey = "__metadata__"
  /// Longer headers are refused, as the format's own library does.
  static let longestHeader = 100_000_000
}

extension SafetensorsFile {
  /// The file: the same bytes for the same tensors in the same order.
  ///
  /// Names must differ. Tensors of large elements should come first, as every tensor begins where the one before it ends.
  package var encoded: [UInt8] {
    var members: [JSONValue.Member] = []
    if !metadata.isEmpty {
      let texts = metadata.map { JSONValue.Member($0.key, .string($0.value)) }
      members.append(.init(Self.metadataKey, .object(texts)))
    }
    var end = 0
    for tensor in tensors {
      let start = end
      end += tensor.data.count
      members.append(
        .init(
          tensor.name,
          .object([
            .init("dtype", .string(tensor.type.rawValue)),
            .init("shape", .array(tensor.shape.map { .int(Int64($0)) })),
            .init("data_offsets", .array([.int(Int64(start)), .int(Int64(end))])),
          ])))
    }
    var header = JSONValue.object(members).utf8()
    while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + end)
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: header.count >> shift))
    }
    bytes += header
    for tensor in tensors { bytes += tensor.data }
    return bytes
  }
}

import Formats

/// Python's `bytes`, which templates meet only as what `str.encode` gives.
final class BytesObject: ValueObject {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var typeName: String { "bytes" }

  func length(_ render: Render) throws(TemplateError) -> Int? { bytes.count }

  func iterator(_ render: Render) throws(TemplateError) -> ValueIterator? {
    ArrayIterator(bytes.map { .int(Int($0)) })
  }

  func item(_ key: Value, _ render: Render) throws(TemplateError) -> Value? {
    guard let index = key.index else { return nil }
    let place = index < 0 ? index &+ bytes.count : index
    return bytes.indices.contains(place) ? .int(Int(bytes[place])) : nil
  }

  func repr(_ render: Render) throws(TemplateError) -> Text { Text(PythonText.repr(bytes)) }

  func equals(_ other: Value) -> Bool {
    guard case .object(let other) = other, let other = other as? BytesObject else { return false }
    return other.bytes == bytes
  }

  func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    let bytes = bytes
    switch name {
    case "decode":
      return .object(
        NativeFunction(name: name) { (_, _) throws(TemplateError) in
          guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TemplateError(
              "UnicodeDecodeError", "'utf-8' codec can't decode bytes")
          }
          return .text(text)
        })
    case "hex":
      return .object(
        NativeFunction(name: name) { (_, _) throws(TemplateError) in
          .text(bytes.map { TextRepr.hexadecimal(UInt32($0), 2) }.joined())
        })
    default: return nil
    }
  }
}

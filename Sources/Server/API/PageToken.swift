import Formats
import Platform

/// Where the next page of a listing begins, as MLflow writes it: base64 of `{"offset": N}`.
package enum PageToken {
  package static func text(offset: Int) -> String {
    Base64.encode(Array("{\"offset\": \(offset)}".utf8))
  }

  /// - Throws: ``APIError`` for what is no token.
  package static func offset(_ text: String?) throws(APIError) -> Int {
    guard let text, !text.isEmpty else { return 0 }
    guard let bytes = Base64.decode(text) else {
      throw .invalid("Invalid page token, could not base64-decode")
    }
    guard let json = try? JSONValue(parsing: bytes) else {
      throw .invalid("Invalid page token, decoded value=\(String(decoding: bytes, as: UTF8.self))")
    }
    guard let offset = json["offset"]?.int, let offset = Int(exactly: offset), offset >= 0 else {
      throw .invalid("Invalid page token, parsed value=\(PythonJSON.text(json))")
    }
    return offset
  }
}

import Formats
import Platform

/// One thing in the forms that it can be shown in, by MIME type: `{"data":{"text/plain":"…","image/png":"BASE64"}}`, as Jupyter's
/// `display_data` has it.
struct MediaBundle: Sendable, Hashable {
  /// Values are texts, Base64 for what is no text, or, of JSON types, any value.
  var data: [JSONValue.Member]
  var metadata: [JSONValue.Member]

  /// - Throws: ``ParseFailure`` when the value is no such bundle.
  init(_ value: JSONValue) throws(ParseFailure) {
    guard let data = value["data"]?.members, !data.isEmpty else {
      throw ParseFailure("no MIME types under `data`")
    }
    for member in data where !MediaBundle.isJSON(member.key) && member.value.string == nil {
      let lines = member.value.array
      guard let lines, lines.allSatisfy({ $0.string != nil }) else {
        throw ParseFailure("`\(member.key)` is no text")
      }
    }
    self.data = data
    metadata = value["metadata"]?.members ?? []
  }

  var members: [JSONValue.Member] {
    [.init("data", .object(data)), .init("metadata", .object(metadata))]
  }

  private static func isJSON(_ type: String) -> Bool {
    type == "application/json" || type.hasPrefix("application/") && type.hasSuffix("+json")
  }
}

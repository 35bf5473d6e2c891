import Formats
import Records

/// One request that both servers answer; `{{NAME}}` in it stands for an id that an earlier answer gave.
struct RegistryStep: Sendable, CustomStringConvertible {
  var method: String
  /// Below `/api/2.0/mlflow/`.
  var path: String
  /// Percent-encoded.
  var query: String?
  var body: JSONValue?
  /// A name for an id, and where the answer has it.
  var save: [String] = []

  static func post(_ path: String, _ body: JSONValue, save: [String] = []) -> RegistryStep {
    RegistryStep(method: "POST", path: path, body: body, save: save)
  }

  static func get(_ path: String, _ query: [(String, String)]) -> RegistryStep {
    let pairs = query.map { $0 + "=" + $1.percentEncoded }
    return RegistryStep(method: "GET", path: path, query: pairs.joined(separator: "&"))
  }

  var json: JSONValue {
    [
      "method": .string(method), "path": .string(path),
      "query": query.map { .string($0) } ?? .null,
      "body": body.map { .string($0.text()) } ?? .null,
      "save": .array(save.map { .string($0) }),
    ]
  }

  var description: String {
    "\(method) \(path)\(query.map { "?" + $0 } ?? "") \((body?.text() ?? "").prefix(400))"
  }

  var isSearch: Bool { path.hasSuffix("/search") }
}

extension String {
  /// The text as a value of a query; braces stay, so that `{{NAME}}` can be found in it.
  var percentEncoded: String {
    utf8.reduce(into: "") { text, byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x7B, 0x7D, 0x2D, 0x2E, 0x5F:
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
  }
}

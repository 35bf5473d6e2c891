import Formats

/// A request to the API whose fields were read and checked.
package struct APIRequest: Sendable {
  /// The fields by their names in the shape, with their values in the shape's kinds; those that were not given are absent.
  package var fields: JSONValue
  /// The parameters of the path.
  package var parameters: [String: String]
  package var identity: Identity

  package init(
    fields: JSONValue, parameters: [String: String] = [:], identity: Identity = .everybody
  ) {
    self.fields = fields
    self.parameters = parameters
    self.identity = identity
  }

  /// A text that was given; an empty one counts as not given, as in MLflow.
  package func text(_ name: String) -> String? {
    guard let text = fields[name]?.string, !text.isEmpty else { return nil }
    return text
  }

  /// A text; empty when none was given, as in protocol buffers.
  package func plainText(_ name: String) -> String { fields[name]?.string ?? "" }

  package func int(_ name: String) -> Int64? { fields[name]?.int }
  package func bool(_ name: String) -> Bool? { fields[name]?.bool }
  package func list(_ name: String) -> [JSONValue] { fields[name]?.array ?? [] }
  package func texts(_ name: String) -> [String] { list(name).compactMap(\.string) }
}
